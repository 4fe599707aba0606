//! Threads: which answers belong to a demand or an offer, within a text and across texts.

#![allow(clippy::unwrap_used, reason = "a test may stop where its ground is missing")]

mod common;

use common::*;
use demarche_ledger::build;
use demarche_record::*;
use std::sync::Arc;

const KENYA: (&str, &str) = ("Kenya", "ken");
const UGANDA: (&str, &str) = ("Uganda", "uga");
const CHAD: (&str, &str) = ("Chad", "tcd");
const DEMAND: &str = "Kenya demanded that Uganda release the fishermen.";

fn position(
    document: &Document,
    evidence: &str,
    holder: (&str, &str),
    stance: Stance,
    addressee: Option<(&str, &str)>,
    content: &str,
) -> Record {
    let made = Position {
        holder: Some(party(document, holder.0, holder.1)),
        stance,
        addressee: addressee.map(|(text, actor)| party(document, text, actor)),
        content: words(document, content),
        answers: None,
    };
    record(document, evidence, Body::Position(made))
}

fn answering(mut record: Record, asked: &Record) -> Record {
    if let Body::Position(it) = &mut record.body {
        it.answers = Some(asked.id);
    }
    record
}

/// The answers of the thread of a record.
fn answers(documents: &[Arc<Document>], records: &[Record], of: RecordId) -> Vec<RecordId> {
    let ledger = build(documents, records, &PACK);
    let thread = ledger.threads.iter().find(|thread| thread.demand.contains(&of));
    thread.map(|thread| thread.answers.clone()).unwrap_or_default()
}

fn demand() -> (Arc<Document>, Record) {
    let document = report("a", "2024-03-12", DEMAND);
    let asked =
        position(&document, DEMAND, KENYA, Stance::Demand, Some(UGANDA), "Uganda release the fishermen");
    (document, asked)
}

#[test]
fn a_refusal_of_the_side_that_was_asked_answers_across_texts() {
    let (document, asked) = demand();
    let text = "Uganda refused to release the fishermen.";
    let other = report("b", "2024-03-13", text);
    let refused = position(&other, text, UGANDA, Stance::Refusal, None, "to release the fishermen");
    let id = refused.id;
    assert_eq!(answers(&[document, other], &[asked.clone(), refused], asked.id), [id]);
}

#[test]
fn a_third_side_or_another_matter_answers_nothing() {
    let (document, asked) = demand();
    // Chad was not asked.
    let text = "Chad refused to release the fishermen.";
    let other = report("b", "2024-03-13", text);
    let refused = position(&other, text, CHAD, Stance::Refusal, None, "to release the fishermen");
    assert!(answers(&[document.clone(), other], &[asked.clone(), refused], asked.id).is_empty());
    // Both speak of armies, of nothing else.
    let text = "Uganda ruled out military action.";
    let other = report("b", "2024-03-13", text);
    let refused = position(&other, text, UGANDA, Stance::Refusal, None, "military action");
    assert!(answers(&[document.clone(), other], &[asked.clone(), refused], asked.id).is_empty());
    // An answer comes after the demand.
    let text = "Uganda refused to release the fishermen.";
    let other = report("b", "2024-03-01", text);
    let refused = position(&other, text, UGANDA, Stance::Refusal, None, "to release the fishermen");
    assert!(answers(&[document, other], &[asked.clone(), refused], asked.id).is_empty());
}

#[test]
fn two_who_agree_with_each_other_answer_no_demand_for_one_of_them() {
    let (document, asked) = demand();
    let text = "The two leaders agreed to release the fishermen.";
    let other = report("b", "2024-03-13", text);
    let mut agreed =
        position(&other, text, ("The two leaders", ""), Stance::Acceptance, None, "to release the fishermen");
    if let Body::Position(it) = &mut agreed.body
        && let Some(holder) = &mut it.holder
    {
        holder.resolved = Some("Yoweri Museveni and William Ruto".to_owned());
    }
    assert!(answers(&[document, other], &[asked.clone(), agreed], asked.id).is_empty());
}

#[test]
fn an_offer_and_its_answers_are_one_thread() {
    let text = "Kenya offered to host the talks. Uganda accepted the offer. Chad declined it.";
    let document = report("a", "2024-03-12", text);
    let offer = position(
        &document,
        "Kenya offered to host the talks.",
        KENYA,
        Stance::Offer,
        None,
        "to host the talks",
    );
    let yes =
        position(&document, "Uganda accepted the offer.", UGANDA, Stance::Acceptance, None, "the offer");
    let no = position(&document, "Chad declined it.", CHAD, Stance::Refusal, None, "it");
    let (yes, no) = (answering(yes, &offer), answering(no, &offer));
    let both = [yes.id, no.id];
    assert_eq!(answers(std::slice::from_ref(&document), &[offer.clone(), yes, no], offer.id), both);
    // An offer that nobody answers is no thread.
    let ledger = build(&[document], &[offer], &PACK);
    assert!(ledger.threads.is_empty());
}
