//! Whom a phrase for a group or an office means: who leads a delegation, and the names that stand beside.

use super::parties::{entity_kind, is_person};
use super::words::COMPANIONS;
use crate::Reading;
use demarche_language::{EntityKind, Upos, WordId};
use demarche_pack::titles::NounKind;
use demarche_record::Party;

/// The person named who leads a delegation that is joined to nobody.
pub(super) fn leader(reading: &Reading<'_>, head: WordId) -> Option<WordId> {
    leader_of_one(reading, head).filter(|_| reading.conjuncts(head).len() == 1)
}

/// The person named who leads a delegation: "led by Doe", "headed by Doe", "under Doe".
pub(super) fn leader_of_one(reading: &Reading<'_>, head: WordId) -> Option<WordId> {
    let group = matches!(
        reading.lemma(head),
        "delegation"
            | "team"
            | "mission"
            | "negotiator"
            | "official"
            | "envoy"
            | "diplomat"
            | "representative"
    );
    if !group {
        return None;
    }
    let led = reading.analysis.children_in(head, "acl").find_map(|verb| {
        matches!(reading.lemma(verb), "lead" | "head" | "represent")
            .then(|| reading.behind(verb, &["by"]).first().copied())
            .flatten()
    });
    led.or_else(|| reading.behind(head, &["under"]).first().copied())
        .filter(|leader| is_person(reading, *leader) && reading.conjuncts(*leader).len() == 1)
}

/// "the two sides, led by Doe and Roe": who leads each of them.
pub(super) fn leaders_of_two(reading: &Reading<'_>, head: WordId) -> Option<Vec<Party>> {
    let group = matches!(
        reading.lemma(head),
        "side" | "delegation" | "team" | "negotiator" | "official" | "party" | "representative" | "country"
    );
    let plural = reading.word(head).feature("Number") == Some("Plur");
    let led = reading
        .analysis
        .children_in(head, "acl")
        .find(|verb| matches!(reading.lemma(*verb), "lead" | "head" | "represent"))
        .filter(|_| group && plural)?;
    let first = reading.agent(led).or_else(|| reading.behind(led, &["by"]).first().copied())?;
    let both = reading.conjuncts(first);
    (both.len() == 2 && both.iter().all(|one| is_person(reading, *one)))
        .then(|| both.into_iter().map(|one| reading.party(one)).collect())
}

/// "the two directors general, Rajiv Ghai of India and Kashif Abdullah of Pakistan".
pub(super) fn named_in_apposition(reading: &Reading<'_>, head: WordId) -> Option<Vec<Party>> {
    if reading.word(head).feature("Number") != Some("Plur") && !reading.analysis.form(head).ends_with('s') {
        return None;
    }
    let names: Vec<WordId> = reading
        .analysis
        .children_in(head, "appos")
        // "the heads of state, Their Excellencies A and B": behind the form of address.
        .flat_map(|name| std::iter::once(name).chain(reading.analysis.children_in(name, "appos")))
        .flat_map(|name| reading.conjuncts(name))
        .filter(|name| entity_kind(reading, *name) == Some(EntityKind::Person))
        .collect();
    (names.len() >= 2).then(|| names.into_iter().map(|name| reading.party(name)).collect())
}

/// "his Venezuelan counterpart, Yvan Gil": the name says who it is where the phrase alone does not.
pub(super) fn or_apposition(reading: &Reading<'_>, head: WordId, mut party: Party) -> Party {
    let person = party.actor.as_ref().is_some_and(|actor| reading.pack.world.person(actor).is_some());
    // "the High Commissioner for Refugees, Jane Doe": the packs know the office as a body.
    let office = reading.pack.world.is_title(&reading.lemma(head).to_lowercase())
        || reading
            .pack
            .titles
            .noun(&reading.lemma(head).to_lowercase())
            .is_some_and(|it| it.kind == NounKind::Person)
        || COMPANIONS.contains(&reading.lemma(head));
    if person || !office && (party.actor.is_some() || reading.word(head).upos != Upos::Noun) {
        return party;
    }
    // "European diplomats and the minister, Jane Doe": the name belongs to the nearer one.
    let nearer = |name: WordId| reading.conjuncts(head).iter().any(|other| *other > head && *other < name);
    // "the ambassador to Yemen, Jane Doe": it may hang on the last word of the office.
    let ends = reading.behind(head, &["to", "of", "for", "in"]);
    let name = [head]
        .iter()
        .chain(&ends)
        .flat_map(|end| reading.analysis.children_in(*end, "appos"))
        .find(|name| entity_kind(reading, *name) == Some(EntityKind::Person) && !nearer(*name));
    // "the group known as Shene", "a man called Doe".
    let known_as = || {
        let mut clauses = reading.analysis.children_in(head, "acl");
        clauses.find_map(|verb| match reading.lemma(verb) {
            "know" => reading.behind(verb, &["as"]).first().copied(),
            "call" | "name" => reading.child(verb, "xcomp").or_else(|| reading.child(verb, "obj")),
            _ => None,
        })
    };
    let name = name.or_else(|| known_as().filter(|name| reading.party(*name).actor.is_some()));
    if let Some(name) = name {
        let named = reading.party(name);
        party.resolved = named.resolved.or_else(|| named.words.map(|words| words.text));
        party.actor = named.actor;
    }
    party
}
