//! Quantities, units and positions on input that no frame example shows: foreign number styles, contradictory
//! modifiers, unknown units, long coordinations, tables flattened into text.

use demarche_extract::extract;
use demarche_language::{Kit, analyse};
use demarche_record::{Body, Deployment, Position, Record, Stance};
use demarche_testkit::document;
use std::sync::OnceLock;

fn records(text: &str) -> Vec<Record> {
    static KIT: OnceLock<Kit> = OnceLock::new();
    let kit = KIT.get_or_init(|| Kit::builtin().expect("the model is built in"));
    extract(&analyse(document(text), kit), &kit.pack, "test")
}

fn deployments(text: &str) -> Vec<Deployment> {
    let bodies = records(text).into_iter().map(|record| record.body);
    bodies.filter_map(|body| if let Body::Deployment(it) = body { Some(it) } else { None }).collect()
}

fn positions(text: &str) -> Vec<Position> {
    let bodies = records(text).into_iter().map(|record| record.body);
    bodies.filter_map(|body| if let Body::Position(it) = body { Some(it) } else { None }).collect()
}

/// Bounds and words of the only quantity.
fn quantity(text: &str) -> (Option<f64>, Option<f64>, String) {
    let found = deployments(text);
    let quantities: Vec<_> = found.iter().filter_map(|it| it.quantity.as_ref()).collect();
    assert_eq!(quantities.len(), 1, "{text}: {found:?}");
    (quantities[0].low, quantities[0].high, quantities[0].words.text.clone())
}

#[test]
fn numbers_in_words_and_foreign_styles() {
    let cases = [
        ("Kenya sent 1.200 soldiers to Haiti.", 1200.0, "1.200"),
        ("Kenya sent 1,200 soldiers to Haiti.", 1200.0, "1,200"),
        ("Pakistan has deployed 1,20,000 troops along the border.", 120_000.0, "1,20,000"),
        ("Pakistan has deployed 12 lakh soldiers along the border.", 1_200_000.0, "12 lakh"),
        ("Two hundred and fifty soldiers landed on the island.", 250.0, "Two hundred and fifty"),
        ("Turkey sent half a dozen warships to the coast.", 6.0, "half a dozen"),
        ("Turkey sent three dozen tanks to the border.", 36.0, "three dozen"),
    ];
    for (text, value, words) in cases {
        assert_eq!(quantity(text), (Some(value), Some(value), words.to_owned()), "{text}");
    }
}

#[test]
fn ranges_and_bounds() {
    let between = quantity("Between 2,000 and 3,000 fighters remain in the city.");
    assert_eq!(between, (Some(2000.0), Some(3000.0), "Between 2,000 and 3,000".to_owned()));
    let dash = quantity("About 2,000-3,000 fighters remain in the city.");
    assert_eq!((dash.0, dash.1), (Some(2000.0), Some(3000.0)));
    let most = quantity("Up to 500 soldiers will be sent to Niger.");
    assert_eq!((most.0, most.1), (None, Some(500.0)));
    let few = quantity("Several hundred fighters remain in the city.");
    assert!(few.0.is_some_and(|low| low >= 200.0) && few.1.is_some_and(|high| high < 1000.0), "{few:?}");
}

#[test]
fn contradictory_modifiers_keep_the_number() {
    for text in [
        "At least up to 500 soldiers were sent to Niger.",
        "About more than 500 soldiers were sent to Niger.",
    ] {
        let (low, high, words) = quantity(text);
        assert!(low == Some(500.0) || high == Some(500.0), "{text}: {low:?} {high:?}");
        assert!(words.contains("500"), "{words}");
    }
}

#[test]
fn the_number_of_a_unit_may_stand_elsewhere() {
    let (low, high, _) = quantity("Experts have put the number of Rwandan soldiers in Congo at 4,000.");
    assert_eq!((low, high), (Some(4000.0), Some(4000.0)));
    let strong = quantity("A 4,000-strong Kenyan force entered the town.");
    assert_eq!(strong.0, Some(4000.0));
}

#[test]
fn the_dead_the_captured_and_refugees_are_no_force() {
    for text in [
        "More than 100 militants had been killed, the army said.",
        "Rebels captured 15 tanks and two helicopters near Bunia.",
        "More than 40,000 refugees arrived in Chad.",
        "Air defences brought down five Indian jets.",
        "The ministry counted eleven missiles, launched in several volleys.",
        "The mothers of 200 soldiers gathered in the square.",
    ] {
        assert_eq!(deployments(text), Vec::new(), "{text}");
    }
}

#[test]
fn unknown_units_make_no_deployment() {
    assert_eq!(deployments("Ankara sent 300 zorblats to the border."), Vec::new());
}

#[test]
fn one_number_for_two_places_is_two_deployments() {
    let found =
        deployments("Egypt deployed 200 soldiers to Merowe. It also deployed 200 soldiers to Port Sudan.");
    assert_eq!(found.len(), 2, "{found:?}");
}

#[test]
fn a_figure_taken_up_again_is_one_deployment() {
    let found =
        deployments("Berlin will send 350 soldiers to Lithuania. The 350 soldiers will arrive in May.");
    assert_eq!(found.iter().filter(|it| it.quantity.is_some()).count(), 1, "{found:?}");
}

#[test]
fn a_clause_with_forty_conjuncts_is_bounded() {
    let units: Vec<String> = (1..=40).map(|count| format!("{count} tanks")).collect();
    let text = format!("Moscow sent {} to the border.", units.join(" and "));
    let found = deployments(&text);
    assert!(!found.is_empty() && found.len() <= 40, "{}", found.len());
    let parties: Vec<String> = (1..=40).map(|count| format!("Party{count}")).collect();
    assert!(positions(&format!("{} rejected the offer.", parties.join(", "))).len() <= 2);
}

#[test]
fn a_table_flattened_into_text_gives_no_force() {
    let text = "Country Soldiers Tanks Aircraft\n\nFrance 270 000 222 1 004\n\nPeru 81 000 85 250";
    assert!(deployments(text).iter().all(|it| it.quantity.is_none()), "{:?}", deployments(text));
}

#[test]
fn who_goes_on_demanding_is_the_holder_before() {
    let text = "French President Emmanuel Macron flew to Moscow. Vladimir Putin demands that NATO leave the region. \
                The president also demands that the organization withdraw its missiles.";
    let found = positions(text);
    let last = found.iter().rfind(|it| it.stance == Stance::Demand).expect("a demand");
    let holder = last.holder.as_ref().and_then(|it| it.resolved.clone());
    assert_eq!(holder.as_deref(), Some("Vladimir Putin"), "{found:?}");
}

#[test]
fn a_refusal_answers_the_ultimatum() {
    let all =
        records("The junta demanded that ECOWAS lift the sanctions. ECOWAS rejected the demand on Friday.");
    let demand = all.iter().find(|it| matches!(&it.body, Body::Position(it) if it.stance == Stance::Demand));
    let answer = all.iter().find_map(|it| match &it.body {
        Body::Position(it) if it.stance == Stance::Refusal => it.answers,
        _ => None,
    });
    assert_eq!(answer, demand.map(|it| it.id));
    assert!(answer.is_some());
}

#[test]
fn troops_of_two_states_are_not_those_of_one() {
    let found = deployments("Four hundred Italian and Romanian troops arrived in Sarajevo on Monday.");
    let force = found[0].force.as_ref().expect("the text names them");
    assert_eq!(force.actor, None);
    assert_eq!(force.words.as_ref().map(|it| it.text.as_str()), Some("Italian and Romanian"));
}

/// Unit and bounds of every deployment that has a quantity, in text order of the figures.
fn counted(text: &str) -> Vec<(String, Option<f64>, Option<f64>)> {
    let mut found: Vec<Deployment> =
        deployments(text).into_iter().filter(|it| it.quantity.is_some()).collect();
    found.sort_by_key(|it| it.quantity.as_ref().map(|it| it.words.start_byte));
    let unit = |it: &Deployment| it.unit.as_ref().map(|it| it.text.clone()).unwrap_or_default();
    found
        .iter()
        .map(|it| {
            (
                unit(it),
                it.quantity.as_ref().and_then(|it| it.low),
                it.quantity.as_ref().and_then(|it| it.high),
            )
        })
        .collect()
}

#[test]
fn a_type_of_aircraft_is_a_unit_and_its_number_no_quantity() {
    let found = deployments("Several P-8 surveillance planes were sent to the island.");
    assert!(found.iter().all(|it| it.quantity.as_ref().is_none_or(|it| it.low != Some(8.0))), "{found:?}");
    let found = counted("Two Egyptian C-130s touched down at Mogadishu on Tuesday.");
    assert_eq!(found, [("C-130s".to_owned(), Some(2.0), Some(2.0))]);
    let found = counted("Turkish F-16s, four of them, landed at the base on Friday.");
    assert_eq!(found, [("F-16s".to_owned(), Some(4.0), Some(4.0))]);
}

#[test]
fn a_year_in_front_of_a_number_is_no_part_of_it() {
    let found = counted("Before 2020 one brigade guarded the border.");
    assert!(found.iter().all(|it| it.1 != Some(2021.0)), "{found:?}");
}

#[test]
fn strengths_are_told_by_apposition() {
    let found = counted("The joint force of the Lake Chad states, some 8,500 men, patrols the border.");
    assert_eq!(found, [("men".to_owned(), Some(8500.0), Some(8500.0))]);
    let found = counted("UN observers, about 1,100 strong, remain in the buffer zone.");
    assert_eq!(found, [("observers".to_owned(), Some(1100.0), Some(1100.0))]);
    let found = counted("MINURSO, with 245 observers, has not been able to supply its site.");
    assert_eq!(found, [("observers".to_owned(), Some(245.0), Some(245.0))]);
}

#[test]
fn a_change_tells_two_figures_and_no_range() {
    let found = counted("Serbia drew down its units near the line to 4,500 from 8,350.");
    let figures: Vec<_> = found.iter().map(|it| it.1).collect();
    assert_eq!(figures, [Some(4500.0), Some(8350.0)], "{found:?}");
    let found = counted("The garrison at Boa Vista has been raised from 70 to 130 soldiers.");
    assert!(found.iter().any(|it| (it.1, it.2) == (Some(130.0), Some(130.0))), "{found:?}");
    assert!(found.iter().all(|it| it.1 == it.2), "no range: {found:?}");
    for other in [
        "Inflation rose from 12 to 19 per cent, the army said.",
        "The toll of the attack on the soldiers climbed to 58.",
        "The number of refugees in the camp has risen to 40,000 from 12,000.",
    ] {
        assert_eq!(counted(other), [], "{other}");
    }
}

#[test]
fn a_number_can_stand_for_a_force_named_before() {
    let found =
        counted("Kosovo hosts NATO peacekeepers. Some 800 of them are quartered at the camp in Ferizaj.");
    assert_eq!(found.iter().map(|it| it.1).collect::<Vec<_>>(), [Some(800.0)]);
    assert_eq!(counted("Farmers keep goats. Some 800 of them are quartered at the camp in Ferizaj."), []);
}

#[test]
fn ships_have_names_and_company() {
    let text = "The carrier George Washington slipped into Busan on Friday, with two destroyers behind it.";
    let found = deployments(text);
    let units: Vec<&str> =
        found.iter().filter_map(|it| it.unit.as_ref()).map(|it| it.text.as_str()).collect();
    assert!(units.contains(&"destroyers"), "{units:?}");
    assert!(units.iter().any(|it| it.contains("George Washington")), "{units:?}");
    let crew = counted("The frigate Bayern, with 230 sailors, will pass through the Taiwan Strait.");
    assert_eq!(crew, [], "who is aboard is told with the ship");
}

#[test]
fn soldiers_of_two_owners_are_two_deployments() {
    let found = deployments("Kyrgyz border guards and Tajik soldiers have left the villages.");
    let mut owners: Vec<&str> = found.iter().filter_map(|it| it.force.as_ref()).map(|it| it.name()).collect();
    owners.sort_unstable();
    assert_eq!(owners, ["Kyrgyzstan", "Tajikistan"], "{found:?}");
}

#[test]
fn everyday_verbs_need_a_force_and_a_place() {
    for text in [
        "Two officers went to court.",
        "The soldiers took their oath in the square.",
        "The fighters seized weapons and vehicles.",
        "The general put the blame on his soldiers.",
        "The army captured 40 rebels near Bambari.",
    ] {
        assert_eq!(deployments(text), Vec::new(), "{text}");
    }
}

#[test]
fn a_nationality_of_irregulars_is_no_owner() {
    let sent = deployments("Turkey sent drones and some 700 Sudanese mercenaries to Kufra.");
    assert!(!sent.is_empty());
    for it in &sent {
        assert_eq!(it.force.as_ref().map(|force| force.name()), Some("Turkey"), "{it:?}");
    }
    let alone = deployments("Chadian mercenaries moved into Kufra.");
    assert!(!alone.is_empty());
    assert!(alone.iter().all(|it| it.force.as_ref().is_none_or(|force| force.actor.is_none())), "{alone:?}");
    let of_a_state = deployments("Chadian soldiers moved into Kufra.");
    assert!(of_a_state.iter().any(|it| it.force.as_ref().is_some_and(|force| force.actor.is_some())));
}

#[test]
fn lorries_of_traders_are_no_deployment() {
    let stranded = deployments("Some 5,000 trucks are stranded at the crossing, traders said.");
    assert_eq!(stranded, Vec::new());
    let sent = deployments("Kenya sent 40 trucks and 200 soldiers to Mandera.");
    assert!(
        sent.iter().any(|it| it.unit.as_ref().is_some_and(|unit| unit.text.contains("trucks"))),
        "{sent:?}"
    );
}

#[test]
fn an_article_before_a_thousand_hides_no_bound() {
    for (text, low, high) in [
        ("More than a thousand soldiers crossed into Kivu.", Some(1000.0), None),
        ("At least a dozen tanks reached Goma.", Some(12.0), None),
        ("Half a dozen tanks reached Goma.", Some(6.0), Some(6.0)),
    ] {
        let (least, most, _) = quantity(text);
        assert_eq!((least, most), (low, high), "{text}");
    }
}

#[test]
fn a_number_in_a_name_counts_nobody() {
    for text in ["M23 fighters, who seized Bukavu, were not seen.", "M23 fighters moved into Bukavu."] {
        let found = deployments(text);
        assert!(!found.is_empty(), "{text}");
        assert!(found.iter().all(|it| it.quantity.is_none()), "{text}: {found:?}");
    }
}

#[test]
fn people_who_fled_and_units_of_heat_are_no_force() {
    let text = "There were 200 soldiers in Macomia. According to Maputo, 23,000 people had fled by Wednesday; an agency put the \
                number at 31,400.";
    let found = deployments(text);
    let counts: Vec<_> = found.iter().filter_map(|it| it.quantity.as_ref()?.low).collect();
    assert_eq!(counts, [200.0], "{found:?}");
    assert!(
        deployments("The price is five dollars for a million British thermal units in London.").is_empty()
    );
}

#[test]
fn soldiers_of_an_unknown_body_are_its_soldiers() {
    let found =
        deployments("The ministry said that 2,300 INTERFET soldiers were on the ground in Dili on Tuesday.");
    assert_eq!(found[0].force.as_ref().map(|force| force.name()), Some("INTERFET"), "{found:?}");
}

#[test]
fn who_advises_that_something_was_so_asks_for_nothing() {
    assert!(positions("The ministry advises that 40 people were on board.").is_empty());
    assert_eq!(positions("The ministry advises that visitors leave the island.")[0].stance, Stance::Request);
}
