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
