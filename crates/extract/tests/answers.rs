//! Which demand or offer an answer of the same text answers, and where it answers none.

use demarche_extract::extract;
use demarche_language::{Kit, analyse};
use demarche_record::{BlockKind, Body, Document, Position, Record, RecordId, Stance};
use demarche_testkit::document;
use std::sync::{Arc, OnceLock};

fn positions(document: Arc<Document>) -> Vec<(RecordId, Position)> {
    static KIT: OnceLock<Kit> = OnceLock::new();
    let kit = KIT.get_or_init(|| Kit::builtin().expect("the shipped network loads"));
    let records: Vec<Record> = extract(&analyse(document, kit), &kit.pack, "test");
    let position = |record: Record| match record.body {
        Body::Position(it) => Some((record.id, it)),
        _ => None,
    };
    records.into_iter().filter_map(position).collect()
}

/// Each answer as "holder stance > what it answers"; answers to nothing end with "> -".
fn answers(text: &str) -> Vec<String> {
    answers_in(document(text))
}

fn answers_in(document: Arc<Document>) -> Vec<String> {
    let found = positions(document);
    let takes = |stance: Stance| matches!(stance, Stance::Refusal | Stance::Acceptance | Stance::Denial);
    let line = |it: &Position| {
        let asked = found.iter().find(|(id, _)| Some(*id) == it.answers);
        let asked = asked.map_or("-", |(_, asked)| asked.content.text.as_str());
        format!("{} {} > {asked}", it.holder.as_ref().map_or("-", |it| it.name()), it.stance)
    };
    found.iter().filter(|(_, it)| takes(it.stance) || it.answers.is_some()).map(|(_, it)| line(it)).collect()
}

#[test]
fn a_bare_refusal_answers_the_demand_before_it() {
    let demand = "Kenya demanded that Uganda release the fishermen.";
    let told = |answer: &str| answers(&format!("{demand} {answer}"));
    let asked = "> Uganda release the fishermen";
    assert_eq!(told("Kampala refused."), [format!("Uganda refusal {asked}")]);
    assert_eq!(
        told("Kampala refused, saying that the men were not in Uganda."),
        [format!("Uganda refusal {asked}")]
    );
    assert_eq!(told("Uganda agreed on Monday."), [format!("Uganda acceptance {asked}")]);
    // Nobody asked these, and without a demand nothing was refused.
    assert_eq!(told("Peru refused."), [""; 0]);
    assert_eq!(answers("Uganda closed a bridge. Kampala refused."), [""; 0]);
    // Two who do not agree answer nobody.
    assert_eq!(told("Uganda and Kenya did not agree."), [""; 0]);
    let words: Vec<String> =
        positions(document(&format!("{demand} Kampala refused, saying that the men were guests.")))
            .into_iter()
            .filter(|(_, it)| it.stance == Stance::Refusal)
            .map(|(_, it)| it.content.text)
            .collect();
    assert_eq!(words, ["refused, saying that the men were guests"]);
}

#[test]
fn to_do_so_and_it_mean_what_was_just_put() {
    assert_eq!(
        answers("China again demanded that Japan remove the ship. Tokyo refused to do so."),
        ["Japan refusal > Japan remove the ship"]
    );
    assert_eq!(
        answers("Kenya called on Uganda to open the border. Kampala said that it would not do so."),
        ["Uganda refusal > to open the border"]
    );
    assert_eq!(
        answers("Iran proposed joint patrols. Armenia accepted the plan, while Azerbaijan turned it down."),
        ["Armenia acceptance > joint patrols", "Azerbaijan refusal > joint patrols"]
    );
    // Another side's demand to a third is not what Peru is asked.
    assert_eq!(
        answers("China demanded that Japan remove the ship. Peru refused to do so."),
        ["Peru refusal > -"]
    );
}

#[test]
fn a_pronoun_for_what_the_demand_names_answers_it() {
    assert_eq!(
        answers(
            "The European Union demanded that Serbia hand over Jane Doe. Belgrade refused to extradite her."
        ),
        ["Serbia refusal > Serbia hand over Jane Doe"]
    );
}

#[test]
fn the_noun_for_what_was_put_reaches_whom_it_was_put_to() {
    // The nearest demand on the side that answers, not the nearest demand.
    assert_eq!(
        answers(
            "Kenya demanded that Uganda release the men. Chad demanded that Sudan close the camps. Uganda \
             rejected the demand."
        ),
        ["Uganda refusal > Uganda release the men"]
    );
    // A call for calm upon nobody is no demand on Kosovo.
    assert_eq!(answers("NATO called for calm. Kosovo rejected the demand."), ["Kosovo refusal > -"]);
    // "the plan for a customs union" is not the plan for a patrol.
    assert_eq!(
        answers(
            "Iran proposed joint patrols. A bridge fell on Monday. Armenia rejected a plan for a customs union."
        ),
        ["Armenia refusal > -"]
    );
    assert_eq!(
        answers(
            "Armenia asked Georgia to lower the fee. The Georgian government promised to study the request."
        ),
        ["Georgian government promise > to lower the fee"]
    );
}

#[test]
fn willingness_to_study_an_offer_stands_beside_its_acceptance() {
    let told = answers(
        "Kenya offered to mediate a truce. Uganda accepted the offer. Kampala had only expressed its willingness to \
         study the proposal.",
    );
    assert_eq!(told, ["Uganda acceptance > to mediate a truce", "Uganda offer > to mediate a truce"]);
}

#[test]
fn a_headline_may_answer_what_stands_below_it() {
    let mut text =
        document("Sudan rejects 13 demands\n\nEgypt demanded on Monday that Sudan close the camps.");
    Arc::make_mut(&mut text).blocks[0].kind = BlockKind::Headline;
    assert_eq!(answers_in(text), ["Sudan refusal > Sudan close the camps"]);
}

#[test]
fn what_is_ruled_out_on_another_matter_answers_nothing() {
    let text = "The four states want Qatar to close the channel and to shut a Turkish military base. The Emirati \
        minister ruled out military action.";
    let ruled_out = answers(text);
    assert!(ruled_out.iter().all(|line| line.ends_with("> -")), "{ruled_out:?}");
}

#[test]
fn no_agreement_of_several_is_no_refusal() {
    for text in [
        "Deputy foreign ministers of Peru and Ecuador met but did not agree on a ceasefire.",
        "The two sides did not agree on a date.",
    ] {
        assert_eq!(answers(text), [""; 0], "{text}");
    }
    // One who does not agree to something refuses it.
    assert_eq!(answers("Iran did not agree to the inspections."), ["Iran refusal > -"]);
}

#[test]
fn a_participle_behind_demands_is_not_what_is_demanded() {
    let found =
        positions(document("A list of demands drawn up by Egypt and Bahrain was published on Monday."));
    assert!(found.is_empty(), "{found:?}");
}
