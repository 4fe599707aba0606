//! Demands, denials and the formulas of the newsroom that only look like them.

use demarche_extract::extract;
use demarche_language::{Kit, analyse};
use demarche_record::{Body, Forecast, Kind, Position, Record, Stance};
use demarche_testkit::document;
use std::sync::OnceLock;

fn records(text: &str) -> Vec<Record> {
    static KIT: OnceLock<Kit> = OnceLock::new();
    let kit = KIT.get_or_init(|| Kit::builtin().expect("the shipped network loads"));
    extract(&analyse(document(text), kit), &kit.pack, "test")
}

fn positions(text: &str) -> Vec<Position> {
    let bodies = records(text).into_iter().map(|record| record.body);
    bodies.filter_map(|body| if let Body::Position(it) = body { Some(it) } else { None }).collect()
}

fn forecasts(text: &str) -> Vec<Forecast> {
    let bodies = records(text).into_iter().map(|record| record.body);
    bodies.filter_map(|body| if let Body::Forecast(it) = body { Some(it) } else { None }).collect()
}

#[test]
fn what_a_source_keeps_to_himself_is_neither_position_nor_event() {
    for text in [
        "The ministry declined to comment.",
        "A spokeswoman for the port refused to give details.",
        "The officer asked not to be named.",
        "Two aides insisted on anonymity.",
        "Two aides spoke on condition of anonymity.",
    ] {
        let found = records(text);
        let told = |kind: Kind| found.iter().filter(|record| record.body.kind() == kind).count();
        let all = [Kind::Position, Kind::Contact, Kind::Event].map(told);
        assert_eq!(all, [0; 3], "{text}: {found:?}");
    }
    // The same verbs with a matter of their own.
    let refused = positions("The ministry refused to extradite the general.");
    assert_eq!(refused.first().map(|it| it.stance), Some(Stance::Refusal), "{refused:?}");
    let refused = positions("The rebels refused to discuss a truce with Nairobi.");
    assert_eq!(refused.first().map(|it| it.stance), Some(Stance::Refusal), "{refused:?}");
    let asked = positions("The ministry asked Lima not to extradite the general.");
    assert_eq!(asked.first().map(|it| it.stance), Some(Stance::Request), "{asked:?}");
}

#[test]
fn who_rejects_a_charge_denies_it() {
    let stance = |text: &str| positions(text).first().map(|it| it.stance);
    assert_eq!(stance("Kigali rejects the charge that it arms the rebels."), Some(Stance::Denial));
    assert_eq!(stance("Kigali rejects the idea that troops should leave first."), Some(Stance::Refusal));
}

#[test]
fn a_verb_beside_the_demand_is_the_demanders() {
    let text = "Nairobi demands that Mogadishu close the camps, and wants a say in who guards the border.";
    let owners: Vec<String> = records(text)
        .into_iter()
        .filter_map(|record| match record.body {
            Body::Event(event) if event.trigger.text == "wants" => {
                Some(event.actor.iter().map(|party| party.name().to_owned()).collect::<Vec<_>>().join(", "))
            }
            _ => None,
        })
        .collect();
    assert!(!owners.is_empty() && owners.iter().all(|owner| owner == "Kenya"), "{owners:?}");
    let held = positions(text);
    assert!(!held.is_empty());
    assert!(
        held.iter().all(|it| it.holder.as_ref().is_some_and(|holder| holder.name() == "Kenya")),
        "{held:?}"
    );
}

#[test]
fn what_began_before_is_no_horizon() {
    let found =
        forecasts("The crossing, closed since October 12, could reopen by the end of November, he said.");
    assert_eq!(found.len(), 1, "{found:?}");
    let horizon = found[0].horizon.as_ref().map(|(words, _)| words.text.as_str());
    assert!(horizon.is_some_and(|words| words.contains("November")), "{horizon:?}");
}

#[test]
fn a_warning_of_what_one_should_not_do_is_no_forecast() {
    assert_eq!(forecasts("The ministry warned that Manila should not misjudge the situation."), Vec::new());
    assert_eq!(forecasts("The ministry warned that Manila would pay a price.").len(), 1);
}

#[test]
fn the_day_of_a_warning_is_not_the_horizon() {
    let found =
        forecasts("Evariste Ndayishimiye had warned diplomats in January that a war could break out.");
    assert!(!found.is_empty() && found.iter().all(|it| it.horizon.is_none()), "{found:?}");
}
