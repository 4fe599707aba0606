//! Who can hold a position or be addressed by one.

use crate::Reading;
use demarche_language::{EntityKind, Upos, WordId};
use demarche_record::{ActorId, Link, Party, Record};

/// Nouns for people and bodies beside the titles of the pack.
const PEOPLE: &str = "official side party leader government ministry rebel army military protester opposition lawmaker \
    parliament critic analyst expert diplomat envoy mediator negotiator spokesman spokeswoman spokesperson \
    country state nation bloc alliance union group organization organisation agency commission council court \
    committee people resident family relative junta regime authority administration embassy delegation \
    counterpart ally neighbour neighbor statement source militia general commander king emir pope mayor \
    governor activist campaigner aide adviser advisor chief head capital power west paramilitary separatist \
    insurgent fighter militant mercenary guerrilla troop soldier force police judge prosecutor lawyer \
    candidate faction coalition cabinet secretariat movement tribe clan elder bishop cleric student trader \
    farmer striker worker company bank member both premier summit panel chairman ombudsman guerilla \
    presidency office department community";

/// True if a phrase can hold a position: a party, a personal pronoun or a noun for people.
pub(super) fn may_hold(reading: &Reading<'_>, head: WordId) -> bool {
    let word = reading.word(head);
    if reading.is_time(head) || word.upos == Upos::Num {
        return false;
    }
    let thing = reading
        .mention(head)
        .and_then(|id| reading.analysis.mention(id).entity)
        .is_some_and(|id| matches!(reading.analysis.entity(id).kind, EntityKind::Thing));
    let lemma = word.lemma.to_lowercase();
    match word.upos {
        Upos::Noun => {
            reading.can_act(head) && !is_listed(ABSTRACT, &lemma)
                || reading.pack.world.is_title(&lemma)
                || is_listed(PEOPLE, &lemma)
                || word.feature("Number") == Some("Plur")
                    && is_agentive(&lemma)
                    && !is_equipment(reading, &lemma)
        }
        Upos::Pron => {
            !thing && !matches!(lemma.as_str(), "it" | "this" | "that" | "which" | "there" | "what")
                || reading.can_act(head)
        }
        _ => reading.can_act(head),
    }
}

/// Nouns that the text may treat as bodies but that hold no positions: "Macron's mission", "the move".
const ABSTRACT: &str = "mission move visit talk meeting plan deal agreement war conflict crisis attack vote election law treaty \
    ceasefire truce report decision process trip operation offensive resolution sanction drill exercise job \
    price situation rain evening forecast bridge shop hotel";

fn is_listed(list: &str, lemma: &str) -> bool {
    list.split(' ').any(|word| word == lemma)
}

/// Nouns that end like agents and are none.
const NO_AGENTS: &str = "matter number letter paper quarter order border member chapter computer weather factor sector error \
    restaurant center water corridor disaster tanker helicopter fighter";

/// "protesters", "analysts", "academics": plural nouns of agents.
fn is_agentive(lemma: &str) -> bool {
    lemma.len() > 5
        && ["er", "or", "ist", "ian", "ant"].iter().any(|ending| lemma.ends_with(ending))
        && !is_listed(NO_AGENTS, lemma)
}

/// Ships, launchers and missiles hold no positions, whatever their ending.
fn is_equipment(reading: &Reading<'_>, lemma: &str) -> bool {
    reading.pack.units.class(lemma).is_some_and(|class| !matches!(class, "personnel" | "formation"))
}

/// A phrase as a party; a coordination is one party told together: "the US and NATO".
pub(crate) fn party(reading: &Reading<'_>, head: WordId) -> Party {
    let all = reading.conjuncts(head);
    let joint = all.len() == 2
        && all.iter().all(|one| may_hold(reading, *one))
        && reading.word(head).relation() != "conj";
    if !joint {
        return reading.party(head);
    }
    let parts: Vec<Party> = all.iter().map(|one| reading.party(*one)).collect();
    let span = reading.phrase(all[0]).cover(reading.phrase(all[1]));
    let names: Option<Vec<String>> = parts
        .iter()
        .map(|part| part.resolved.clone().or_else(|| part.words.as_ref().map(|words| words.text.clone())))
        .collect();
    Party { words: Some(reading.words(span)), actor: None, resolved: names.map(|names| names.join(" and ")) }
}

/// True if a link of attribution is the party itself.
pub(super) fn same_party(link: &Link, party: &Option<Party>) -> bool {
    let (Some(link), Some(party)) = (&link.party, party) else { return false };
    link.words == party.words || link.actor.is_some() && link.actor == party.actor
}

/// The side that an actor speaks for: its state, or itself.
pub(super) fn side(reading: &Reading<'_>, actor: &ActorId) -> Option<ActorId> {
    reading.pack.world.side_of(actor, reading.published.as_ref())
}

/// The actor of a party, or those named within its words: "the office of President X".
fn actors_of(reading: &Reading<'_>, party: &Party) -> Vec<ActorId> {
    let mut found: Vec<ActorId> = party.actor.iter().cloned().collect();
    if found.iter().any(|actor| side(reading, actor).is_some()) {
        return found;
    }
    let Some(words) = &party.words else { return found };
    let inside = reading.analysis.mentions.iter().filter(|mention| {
        mention.span.start() >= words.start_byte as usize && mention.span.end() <= words.end_byte as usize
    });
    found.extend(inside.filter_map(|mention| reading.analysis.entity(mention.entity?).actor.clone()));
    found
}

/// The states and bodies that a party speaks for; none where the packs do not know it.
pub(super) fn sides(reading: &Reading<'_>, party: Option<&Party>) -> Vec<ActorId> {
    let Some(party) = party else { return Vec::new() };
    let minted = |actor: &ActorId| actor.0.starts_with("x-");
    let of = |actor: ActorId| side(reading, &actor).or_else(|| (!minted(&actor)).then_some(actor));
    let mut found: Vec<ActorId> = actors_of(reading, party).into_iter().filter_map(of).collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// True if a phrase is the speaker or the speaker's side: "we", "it" for the ministry, "Azerbaijan" for its president,
/// "their own negotiators".
pub(crate) fn is_own(reading: &Reading<'_>, head: WordId, speaker: &Party) -> bool {
    if reading.word(head).feature("Person") == Some("1") {
        return true;
    }
    let same_side = |head: WordId| {
        let party = reading.party(head);
        if party.resolved.is_some() && party.resolved == speaker.resolved
            || party.words.is_some() && party.words == speaker.words
        {
            return true;
        }
        let Some(one) = &party.actor else { return false };
        actors_of(reading, speaker)
            .iter()
            .any(|two| one == two || side(reading, one).is_some() && side(reading, one) == side(reading, two))
    };
    let possessor = reading.child_exactly(head, "nmod:poss");
    same_side(head)
        || possessor
            .is_some_and(|owner| reading.word(owner).feature("Person") == Some("1") || same_side(owner))
}

/// "The president also demands …" goes on with the holder of the position before it: a description without a name takes
/// over who that was. Anything else is left as the text resolves it.
pub(super) fn go_on(reading: &Reading<'_>, found: &mut [(WordId, Record)]) {
    use demarche_record::Body;
    for at in 1..found.len() {
        let trigger = found[at].0;
        let also = reading.analysis.children_in(trigger, "advmod").any(|adverb| {
            matches!(reading.lemma(adverb), "also" | "further" | "furthermore" | "additionally" | "likewise")
        });
        let Body::Position(position) = &found[at].1.body else { continue };
        let Some(words) = position.holder.as_ref().and_then(|holder| holder.words.as_ref()) else { continue };
        let start = words.text.split(' ').next().unwrap_or_default().to_lowercase();
        if !also || !matches!(start.as_str(), "the" | "he" | "she") {
            continue;
        }
        let stance = position.stance;
        let before = found[..at].iter().rev().find_map(|(word, record)| {
            let near = reading.analysis.sentence(*word).words.end
                <= reading.analysis.sentence(trigger).words.start
                && trigger.0 - word.0 < 90;
            match &record.body {
                Body::Position(before) if near && before.stance == stance => before.holder.clone(),
                _ => None,
            }
        });
        let Some(before) = before.filter(|before| {
            before.actor.as_ref().is_some_and(|actor| fits_title(reading, actor, &words.text))
        }) else {
            continue;
        };
        let (actor, resolved) = (before.actor, before.resolved.or(before.words.map(|words| words.text)));
        if let Body::Position(position) = &mut found[at].1.body
            && let Some(holder) = &mut position.holder
        {
            (holder.actor, holder.resolved) = (actor, resolved);
        }
    }
}

/// True if the actor holds an office with the title that a description names; a pronoun fits every person.
fn fits_title(reading: &Reading<'_>, actor: &ActorId, words: &str) -> bool {
    if reading.pack.world.person(actor).is_none() {
        return false;
    }
    let title = words.to_lowercase();
    let title = title.strip_prefix("the ").unwrap_or(&title);
    matches!(title, "he" | "she")
        || reading
            .pack
            .world
            .offices_of(actor, reading.published.as_ref())
            .any(|office| office.titles.iter().any(|held| held == title))
}
