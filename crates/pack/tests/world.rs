//! The built-in packs load without a fault, and faults in a pack are named with file and line.

use demarche_pack::world::{Period, SenseKind, World};
use demarche_pack::{Pack, PackFile, builtin_files};
use demarche_record::ActorId;

fn id(slug: &str) -> ActorId {
    ActorId(slug.to_owned())
}

fn faults(path: &str, text: &str) -> Vec<String> {
    let file = PackFile { path: path.to_owned(), text: text.to_owned() };
    let found = World::parse(&[file]).err().unwrap_or_default();
    found.iter().map(ToString::to_string).collect()
}

#[test]
fn built_in_packs_have_no_fault() {
    let found = Pack::load(&builtin_files()).err().unwrap_or_default();
    let all: Vec<String> = found.iter().map(ToString::to_string).collect();
    assert!(all.is_empty(), "{}", all.join("\n"));
}

#[test]
fn a_title_means_another_person_at_another_time() {
    let world = Pack::builtin().world;
    let at = |day: &str| {
        let period = Period::day(day);
        let france = id("fra");
        let office = world.offices_titled("president", &france).next().expect("France has a president");
        office.holders_in(&period).next().map(|tenure| tenure.person.0.clone())
    };
    assert_eq!(at("2022-01-28").as_deref(), Some("emmanuel-macron"));
    assert_eq!(at("2010-06-01").as_deref(), Some("nicolas-sarkozy"));
}

#[test]
fn names_demonyms_and_metonyms_have_senses() {
    let world = Pack::builtin().world;
    let kinds = |name: &str| world.senses(name).map(|it| (it.actor.0.clone(), it.kind)).collect::<Vec<_>>();
    assert!(kinds("the Kremlin").contains(&("rus.presidency".to_owned(), SenseKind::Metonym)));
    assert!(kinds("Moscow").contains(&("rus".to_owned(), SenseKind::Metonym)));
    assert!(kinds("Russian").contains(&("rus".to_owned(), SenseKind::Demonym)));
    assert!(kinds("us").is_empty(), "a pronoun is not a state");
    assert_eq!(world.side_of(&id("vladimir-putin"), Some(&Period::day("2022-02-01"))), Some(id("rus")));
}

#[test]
fn a_duplicate_slug_is_named_with_both_places() {
    let text = "[[actor]]\nid = \"a\"\nkind = \"state\"\nname = \"A\"\n\n[[actor]]\nid = \"a\"\nkind = \"state\"\nname = \"B\"\n";
    let expected = "world/actors/a.toml:7: slug `a` is already defined at world/actors/a.toml:2";
    assert_eq!(faults("world/actors/a.toml", text), [expected]);
}

#[test]
fn overlapping_offices_unknown_keys_cycles_and_bad_dates_are_faults() {
    let two = "[[actor]]\nid = \"a\"\nkind = \"state\"\nname = \"A\"\n[[person]]\nid = \"p\"\nname = \"P\"\n[[person]]\nid = \"q\"\nname = \"Q\"\n[[office]]\nid = \"a.head\"\nof = \"a\"\ntitles = [\"head\"]\nholders = [\n{ person = \"p\", from = \"2001-01-01\" },\n{ person = \"q\", from = \"2000-01-01\", until = \"2002-01-01\" },\n]\n";
    assert!(
        faults("world/actors/a.toml", two)[0]
            .contains("world/actors/a.toml:17: `p` and `q` hold office `a.head` at the same time")
    );
    assert!(
        faults("world/actors/a.toml", "[[actor]]\nid = \"a\"\nkind = \"state\"\nname = \"A\"\ncolour = 1\n")
            [0]
        .contains(":5: unknown field")
    );
    let cycle = "[[actor]]\nid = \"a\"\nkind = \"organ\"\nname = \"A\"\npart_of = \"b\"\n[[actor]]\nid = \"b\"\nkind = \"organ\"\nname = \"B\"\npart_of = \"a\"\n";
    assert!(faults("world/actors/a.toml", cycle)[0].contains("part of itself"));
    let date = "[[person]]\nid = \"p\"\nname = \"P\"\n[[actor]]\nid = \"a\"\nkind = \"state\"\nname = \"A\"\n[[office]]\nid = \"o\"\nof = \"a\"\ntitles = []\nholders = [ { person = \"p\", from = \"2001-13\" } ]\n";
    assert!(faults("world/actors/a.toml", date)[0].contains("`2001-13` is not a date"));
}

fn with_sheet(path: &str, text: &str) -> Result<Pack, Vec<String>> {
    let mut files = builtin_files();
    files.push(PackFile { path: path.to_owned(), text: text.to_owned() });
    Pack::load(&files).map_err(|faults| faults.iter().map(ToString::to_string).collect())
}

#[test]
fn spreadsheets_add_actors_office_holders_and_places() {
    let actors =
        "name,kind,names,country,sector\nLake Shore Brigade,armed-group,Shore Brigade; LSB,TCD,REB\n";
    let world = with_sheet("world/actors/own.csv", actors).expect("no fault").world;
    let brigade = world.actor(&id("x-lake-shore-brigade")).expect("it is made");
    assert_eq!(brigade.names, ["Shore Brigade", "LSB"]);
    assert!(world.senses("LSB").any(|sense| sense.actor == brigade.id));

    let offices = "person,title,of,from,until\nAda Marlow,president,fra,2027-05-14,\n\"Roe, Jo\",chair of the lake,nato,2021,2022\n";
    let world = with_sheet("world/offices/own.csv", offices).expect("no fault").world;
    let holder = |title: &str, of: &str, day: &str| {
        let of = id(of);
        let office = world.offices_titled(title, &of).next().expect("the office is there");
        office.holders_in(&Period::day(day)).next().map(|tenure| tenure.person.0.clone())
    };
    assert_eq!(holder("president", "fra", "2027-06-01").as_deref(), Some("x-ada-marlow"));
    assert_eq!(holder("president", "fra", "2022-06-01").as_deref(), Some("emmanuel-macron"));
    assert_eq!(holder("chair of the lake", "nato", "2021-06-01").as_deref(), Some("x-roe-jo"));

    let places = "name,names,kind,country,north,east\nOld Ferry crossing,Old Ferry,site,TCD,12.55,14.72\n";
    let pack = with_sheet("world/places/own.csv", places).expect("no fault");
    assert_eq!(pack.places.named("old ferry").next().map(|site| site.position), Some((12.55, 14.72)));
}

#[test]
fn faults_of_spreadsheets_name_the_line() {
    let faults = |path: &str, text: &str| with_sheet(path, text).expect_err("it has faults");
    assert_eq!(
        faults("world/actors/a.csv", "name,colour\nA,red\n"),
        [
            "world/actors/a.csv:1: column `colour` is not one of name, kind, id, names, demonyms, domains, country, code, sector, part_of",
            "world/actors/a.csv:1: column `kind` is missing; the columns are name, kind, id, names, demonyms, domains, country, code, sector, part_of",
        ]
    );
    let kind = faults("world/actors/a.csv", "name,kind\nA,state\nB,planet\n");
    assert!(kind[0].starts_with("world/actors/a.csv:3: kind `planet` is not one of"), "{kind:?}");
    let nobody = faults("world/offices/a.csv", "person,title,of\n\nA B,head,nowhere\n");
    assert_eq!(nobody, ["world/offices/a.csv:3: of = \"nowhere\": no actor or person has this slug"]);
    let cells = faults("world/offices/a.csv", "person,title,of\nA,B,head,fra\n");
    assert!(cells[0].starts_with("world/offices/a.csv:2: the row has another number of cells"), "{cells:?}");
    let north = faults("world/places/a.csv", "name,kind,north,east\nX,site,95,1\n");
    assert!(north[0].starts_with("world/places/a.csv:2: north = `95` is no number"), "{north:?}");
}

#[test]
fn no_two_features_share_a_name() {
    let mut owners: std::collections::BTreeMap<String, String> = std::collections::BTreeMap::new();
    let mut twice = Vec::new();
    let features = |file: &PackFile| file.path.starts_with("world/places/") && file.path.ends_with(".toml");
    for file in builtin_files().iter().filter(|file| features(file)) {
        let table: toml::Table = file.text.parse().expect("the file is TOML");
        for row in table["feature"].as_array().expect("a list of features") {
            let name = row["name"].as_str().unwrap_or_default();
            let others = row.get("names").and_then(|it| it.as_array()).into_iter().flatten();
            let own: std::collections::BTreeSet<String> =
                others.filter_map(|it| it.as_str()).chain([name]).map(demarche_pack::world::fold).collect();
            for folded in own {
                if let Some(first) = owners.insert(folded, name.to_owned()) {
                    twice.push(format!("{first} and {name}"));
                }
            }
        }
    }
    assert_eq!(twice, Vec::<String>::new());
}
