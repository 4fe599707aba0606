//! Who takes part in a contact: those that its frame names, and those that only the clause around it shows.

use super::leaders::{leader, leader_of_one, leaders_of_two, named_in_apposition, or_apposition};
use super::split::split;
use super::words::{BODIES, PEOPLE, PRESIDING};
use crate::Reading;
use demarche_language::{EntityKind, Upos, WordId};
use demarche_pack::titles::NounKind;
use demarche_pack::world::SenseKind;
use demarche_record::{Genre, Party};

/// So many people are no delegation.
const CROWD: f64 = 100.0;

/// What two mentions of one party share: the actor, else the resolved name, else the words.
pub(super) fn key(party: &Party) -> Option<String> {
    party
        .actor
        .as_ref()
        .map(|actor| actor.0.clone())
        .or_else(|| party.resolved.as_ref().map(|name| name.to_lowercase()))
        .or_else(|| party.words.as_ref().map(|words| words.text.to_lowercase()))
}

/// Adds parties that are not listed yet.
pub(super) fn add(more: Vec<Party>, all: &mut Vec<Party>) {
    for party in more {
        if !all.iter().any(|other| key(other) == key(&party)) {
            all.push(party);
        }
    }
}

pub(super) fn entity_kind(reading: &Reading<'_>, head: WordId) -> Option<EntityKind> {
    let mention = reading.mention(head)?;
    let entity = reading.analysis.mention(mention).entity?;
    Some(reading.analysis.entity(entity).kind)
}

/// True if a word can head a party of a contact.
pub(super) fn is_party(reading: &Reading<'_>, head: WordId) -> bool {
    if is_the_two(reading, head) || is_named_below(reading, head) {
        return true;
    }
    let counted = reading.pack.units.class(reading.lemma(head)).is_some() && reading.quantity(head).is_some();
    // "the two men" are known; "200 men" are counted.
    let known = matches!(reading.lemma(head), "man" | "woman")
        && reading.analysis.children(head).iter().any(|it| reading.lemma(*it) == "two")
        && reading
            .analysis
            .children_in(head, "det")
            .any(|det| super::words::DEFINITE.contains(&reading.lemma(det)));
    // "met with Doe and then alone".
    let nominal =
        matches!(reading.word(head).upos, Upos::Noun | Upos::Propn | Upos::Pron | Upos::Num | Upos::Det);
    if reading.is_time(head)
        || counted && !known
        || reading.is_verb(head)
        || !nominal && entity_kind(reading, head).is_none()
    {
        return false;
    }
    match entity_kind(reading, head) {
        Some(EntityKind::Thing) => false,
        Some(EntityKind::Place) => reading.mention(head).is_some_and(|id| {
            let mention = reading.analysis.mention(id);
            mention.entity.is_some_and(|entity| reading.analysis.entity(entity).actor.is_some())
        }),
        None | Some(EntityKind::Named) => is_role_noun(reading, head),
        Some(_) => true,
    }
}

/// "The chief negotiators, Petar Petkovic and Besnik Bislimi": names in apposition make any noun a party.
fn is_named_below(reading: &Reading<'_>, head: WordId) -> bool {
    matches!(reading.word(head).upos, Upos::Noun | Upos::Propn)
        && reading
            .analysis
            .children_in(head, "appos")
            .any(|name| entity_kind(reading, name) == Some(EntityKind::Person))
}

/// "The two last met in Bali", "the pair": a number that stands for people.
pub(super) fn is_the_two(reading: &Reading<'_>, head: WordId) -> bool {
    let pair = matches!(reading.lemma(head), "pair" | "duo") && reading.child(head, "nmod").is_none();
    (reading.word(head).upos == Upos::Num && reading.lemma(head) == "two" || pair)
        && reading.analysis.children_in(head, "det").any(|det| reading.lemma(det) == "the")
        && matches!(reading.word(head).relation(), "nsubj" | "nmod" | "obl")
}

fn is_role_noun(reading: &Reading<'_>, head: WordId) -> bool {
    let word = reading.word(head);
    let lemma = word.lemma.to_lowercase();
    if word.upos == Upos::Propn || matches!(lemma.as_str(), "he" | "she") {
        return true;
    }
    word.upos == Upos::Noun
        && (reading.pack.world.is_title(&lemma)
            || PEOPLE.contains(&lemma.as_str())
            || BODIES.contains(&lemma.as_str()))
}

/// "the Cambodian who speaks for the bloc": one person of a nation.
fn is_national(reading: &Reading<'_>, head: WordId) -> bool {
    let word = reading.word(head);
    let article = reading.analysis.children_in(head, "det").any(|det| {
        matches!(reading.lemma(det).to_lowercase().as_str(), "the" | "a" | "an" | "another" | "this")
    });
    let mut senses = reading.pack.world.senses(reading.analysis.form(head));
    article
        && word.feature("Number") == Some("Sing")
        && matches!(word.upos, Upos::Propn | Upos::Noun)
        && word.relation() != "amod"
        && senses.any(|sense| sense.kind == SenseKind::Demonym)
}

/// True for persons, groups of persons and delegations.
pub(super) fn is_person(reading: &Reading<'_>, head: WordId) -> bool {
    let lemma = reading.lemma(head).to_lowercase();
    // "the High Commissioner for Refugees, Jane Doe": an office that the packs know as a body.
    let office = reading.pack.titles.noun(&lemma).is_some_and(|noun| noun.kind == NounKind::Person);
    if is_national(reading, head) || office && is_named_below(reading, head) {
        return true;
    }
    match entity_kind(reading, head) {
        Some(EntityKind::Person | EntityKind::Several) => true,
        Some(EntityKind::Body) => matches!(lemma.as_str(), "delegation" | "team" | "mission"),
        Some(kind) if kind != EntityKind::Named => false,
        _ => {
            is_the_two(reading, head)
                || reading.pack.world.is_title(&lemma)
                || PEOPLE.contains(&lemma.as_str())
                || matches!(lemma.as_str(), "he" | "she")
        }
    }
}

/// True for a word of a place that the text names.
pub(super) fn is_place(reading: &Reading<'_>, head: WordId) -> bool {
    let span = reading.word(head).span;
    reading.analysis.places.iter().any(|place| {
        (place.words.start_byte as usize) <= span.start() && span.end() <= place.words.end_byte as usize
    })
}

/// Countries, capitals and organisations are goals of official journeys; museums are not.
pub(super) fn is_official_destination(reading: &Reading<'_>, head: WordId) -> bool {
    let mention = reading.mention(head).map(|id| reading.analysis.mention(id));
    let actor =
        mention.and_then(|mention| mention.entity).and_then(|id| reading.analysis.entity(id).actor.as_ref());
    actor.is_some()
        || is_place(reading, head)
        || matches!(reading.lemma(head), "capital" | "country" | "region" | "front" | "border")
}

/// The parties that a head stands for: conjuncts one by one, "Thai and Cambodian generals" as two, and names in
/// apposition instead of what they explain.
pub(super) fn parties_of(reading: &Reading<'_>, head: WordId) -> Vec<Party> {
    if let Some(named) = named_in_apposition(reading, head).or_else(|| leaders_of_two(reading, head)) {
        return named;
    }
    // "The leaders of A and B agreed. They met at noon": one of each.
    if let Some(both) = super::pairs::taken_up(reading, head).and_then(|noun| split(reading, noun)) {
        return both;
    }
    // "a delegation led by the adviser": who leads it is there.
    if let Some(leader) = leader(reading, head) {
        return parties_of(reading, leader);
    }
    let mut heads = reading.conjuncts(head);
    // "It was Doe who called, and the talk ran long": a second clause is nobody.
    heads.retain(|head| !accompanies(reading, *head) && !reading.is_verb(*head));
    // "spoke with the minister about the reef and the injury to a sailor": the tree may join what nobody can be.
    let first = head;
    heads.retain(|head| *head == first || is_party(reading, *head));
    // "the two ministers and their delegations": those who come along make no third side.
    let along = |head: WordId| {
        matches!(reading.lemma(head), "delegation" | "team" | "staff" | "aide" | "entourage" | "adviser")
            && reading.child_exactly(head, "nmod:poss").is_some_and(|owner| {
                matches!(reading.lemma(owner), "their" | "his" | "her" | "they" | "he" | "she")
            })
    };
    let persons = heads.iter().any(|head| is_person(reading, *head) && !along(*head));
    heads.retain(|head| *head == first || !(persons && along(*head)));
    // "prime minister A and President B": the second may hang on the name of the first.
    // "the head of state and his counterpart": or on the last word of the first's office.
    let behind: Vec<WordId> = heads
        .iter()
        .flat_map(|head| {
            let office = reading.pack.world.is_title(reading.lemma(*head)) && heads.len() == 1;
            let names = reading.analysis.children_in(*head, "appos");
            names.chain(reading.behind(*head, &["of"]).into_iter().filter(move |_| office))
        })
        .flat_map(|name| reading.analysis.children_in(name, "conj").map(move |other| (name, other)))
        // "Jane Doe, Deputy Prime Minister and Minister of Defence": two offices of one.
        .filter(|(name, other)| {
            let bare = |head: WordId| {
                reading.pack.world.is_title(&reading.lemma(head).to_lowercase())
                    && reading.child(head, "appos").is_none()
                    && reading.child(head, "det").is_none()
            };
            !(bare(*name) && bare(*other))
        })
        .map(|(_, other)| other)
        .filter(|other| is_party(reading, *other) && is_person(reading, *other))
        .collect();
    heads.extend(behind);
    let mut all = Vec::new();
    for head in heads {
        // "the team led by Doe and the delegation under Roe".
        if let Some(leader) = leader_of_one(reading, head) {
            all.push(reading.party(leader));
            continue;
        }
        match split(reading, head) {
            Some(parts) => all.extend(parts),
            None => all.extend(
                reading.parties_of_one(head).into_iter().map(|party| or_apposition(reading, head, party)),
            ),
        }
    }
    all
}

/// The heads of the parties of a trigger, by its frame's slot and by the tree around it.
pub(super) fn heads(reading: &Reading<'_>, trigger: WordId, noun: bool, listed: &[WordId]) -> Vec<WordId> {
    let mut heads = listed.to_vec();
    if noun {
        // "between him and his counterpart": the second may hang on the trigger with no preposition of its own.
        let loose = reading
            .analysis
            .children_in(trigger, "nmod")
            .filter(|child| reading.child(*child, "case").is_none() && reading.child(*child, "cc").is_some());
        heads.extend(loose);
        let mut inner_more = Vec::new();
        // "between the head of state and his counterpart": or be read as joined with the trigger.
        let inside: Vec<WordId> = reading.behind(trigger, &["between"]);
        if let [one] = inside[..]
            && parties_of(reading, one).len() == 1
        {
            let round = carrier(reading, trigger).into_iter();
            let joined = round
                .chain([trigger])
                .flat_map(|top| reading.analysis.children_in(top, "conj"))
                .chain(behind_and(reading, one))
                .filter(|other| *other > one && (is_person(reading, *other) || is_party(reading, *other)));
            let mut joined: Vec<WordId> = joined.collect();
            joined.dedup();
            heads.extend(joined.iter().copied());
            inner_more.extend(joined);
        }
        // "between Ruritania's minister, Jane Doe, and the envoy, John Roe, ended": the tree may lose the second.
        if let [one] = inside[..]
            && parties_of(reading, one).len() == 1
            && let Some(other) = behind_apposition(reading, one)
        {
            heads.push(other);
            inner_more.push(other);
        }
        // "the meeting of the secretary with the envoy": the second may hang on the first.
        if reading.behind(trigger, &["with", "between"]).is_empty() {
            let of = reading.behind(trigger, &["of"]).into_iter().filter(|head| is_person(reading, *head));
            let with = of.flat_map(|head| reading.behind(head, &["with"]));
            heads.extend(with.filter(|head| is_person(reading, *head)));
        }
        // "a first contact on this matter with Putin": the party may hang on the matter.
        if reading.behind(trigger, &["with", "between"]).is_empty() {
            let matters = reading.behind(trigger, &["on", "about", "over"]);
            heads.extend(matters.into_iter().flat_map(|matter| reading.behind(matter, &["with", "between"])));
        }
        // "The presidents of A and B headed the meeting of their cabinets": the two are there.
        if let Some(verb) = reading.word(trigger).head.filter(|_| reading.word(trigger).relation() == "obj")
            && matches!(
                reading.lemma(verb),
                "head" | "lead" | "chair" | "co-chair" | "cochair" | "open" | "inaugurate"
            )
            && let Some(subject) = reading.subject(verb)
        {
            let all = reading.conjuncts(subject);
            if all.len() >= 2 && all.iter().all(|head| is_person(reading, *head)) {
                // What is theirs is no party beside them.
                heads.retain(|head| reading.child_exactly(*head, "nmod:poss").is_none());
                heads.push(subject);
            }
        }
        // "held talks in Islamabad with the prime minister": the party may hang on the place.
        if reading.behind(trigger, &["with", "between"]).is_empty()
            && let Some(verb) = reading.light_verb(trigger)
        {
            let places = reading
                .analysis
                .children_in(verb, "obl")
                .chain(reading.analysis.children_in(trigger, "nmod"));
            let places = places.filter(|place| reading.word(*place).upos == Upos::Propn && *place > trigger);
            let with = places.flat_map(|place| reading.behind(place, &["with"]));
            heads.extend(with.filter(|head| is_person(reading, *head)));
        }
        // "Doe and Roe opened the Colombian peace talks": what the talks are about is no third side.
        let persons = heads.iter().filter(|head| is_person(reading, **head)).count();
        if persons >= 2 {
            heads.retain(|head| {
                let known = reading.party(*head).actor.is_some_and(|actor| !actor.0.starts_with("x-"));
                let what = match reading.word(*head).relation() {
                    "amod" => true,
                    "compound" => !known,
                    _ => false,
                };
                !(reading.word(*head).head == Some(trigger) && what)
            });
        }
        // Whoever holds, hosts or cancels talks between two is not one of them.
        let carrier = carrier(reading, trigger);
        let mut inner = reading.behind(trigger, &["between", "among"]);
        // "ended the meeting of the two delegations": nor is he of those whose meeting it is.
        if let Some(pair) = pair_of(reading, trigger) {
            heads.retain(|head| *head == pair || reading.word(*head).head == Some(trigger));
        }
        inner.extend(inner_more);
        if let Some(carrier) = carrier {
            // "a sixth round of talks between Washington and Tehran".
            inner.extend(reading.behind(carrier, &["between", "among"]));
            heads.extend(reading.behind(carrier, &["between", "among", "with"]));
            // "held a second day of talks on Sunday with the committee".
            if reading.behind(trigger, &["with", "between"]).is_empty()
                && let Some(verb) =
                    reading.word(carrier).head.filter(|_| reading.word(carrier).relation() == "obj")
                && matches!(
                    reading.lemma(verb),
                    "hold" | "have" | "conduct" | "open" | "begin" | "start" | "conclude" | "end"
                )
            {
                heads.extend(reading.behind(verb, &["with"]));
            }
        }
        // "the talks between the envoys with Doe": whoever is named is the other side, and the envoys say what talks.
        if let [group] = inner[..]
            && parties_of(reading, group).iter().all(|party| party.actor.is_none())
        {
            let named = reading.behind(group, &["with"]).into_iter().filter(|head| is_person(reading, *head));
            let named: Vec<WordId> = named.collect();
            if !named.is_empty() {
                heads.retain(|head| *head != group);
                heads.extend(named);
                inner.clear();
            }
        }
        let several = inner.iter().map(|head| parties_of(reading, *head).len()).sum::<usize>();
        let loose = heads
            .iter()
            .any(|head| reading.word(*head).head == Some(trigger) && reading.child(*head, "cc").is_some());
        if several >= 2 || several == 1 && loose {
            // "the meeting of the committee between the two ministers": the body is not a third.
            let persons = inner.iter().any(|head| is_person(reading, *head));
            let body = |head: WordId| {
                persons && reading.preposition(head) == Some("of") && !is_person(reading, head)
            };
            heads.retain(|head| !body(*head));
            heads.retain(|head| {
                inner.contains(head)
                    || reading.word(*head).head == Some(trigger)
                        && (reading.word(*head).relation() == "conj"
                            || reading.word(*head).relation() == "nmod"
                                && reading
                                    .child(*head, "case")
                                    .is_none_or(|case| reading.lemma(case) != "by"))
            });
        }
    }
    if !noun && let Some((first, named)) = explained_subject(reading, trigger) {
        heads.retain(|head| *head != first);
        heads.push(named);
        // "X and Y" behind it: the tree may hang Y on the noun that both explain.
        let rest = reading.conjuncts(first).into_iter().filter(|other| *other > named);
        heads.extend(rest.filter(|other| is_person(reading, *other)));
    }
    // "Doe and Roe, who had sat down together": both.
    if !noun
        && reading.word(trigger).deprel == "acl:relcl"
        && let Some(second) = reading.word(trigger).head
        && let Some(first) = reading.word(second).head.filter(|_| reading.word(second).relation() == "conj")
        && heads.contains(&second)
        && reading.analysis.children_in(trigger, "advmod").any(|word| reading.lemma(word) == "together")
        && is_person(reading, first)
    {
        heads.push(first);
    }
    if !noun && heads.len() == 1 {
        heads.extend(super::pairs::office_and_name(reading, trigger));
    }
    // "Doe and Roe, whose talks ended": those before the clause.
    for head in &mut heads {
        if reading.lemma(*head) == "whose" {
            *head = before_clause(reading, trigger).unwrap_or(*head);
            // "A and B, whose talks": of both, where nobody else is named.
            let others = reading.behind(trigger, &["with", "between"]);
            let first = reading.word(*head).head.filter(|_| reading.word(*head).relation() == "conj");
            if let Some(first) = first.filter(|first| others.is_empty() && is_person(reading, *first)) {
                *head = first;
            }
        }
    }
    // "talked with no third person in the room".
    let nobody = |head: WordId| {
        let no = reading.analysis.children_in(head, "det").any(|det| reading.lemma(det) == "no");
        no && matches!(
            reading.lemma(head),
            "person" | "party" | "one" | "witness" | "aide" | "adviser" | "interpreter"
        )
    };
    heads.retain(|head| !presides(reading, *head) && !nobody(*head));
    heads.sort_unstable();
    heads.dedup();
    heads
}

/// "6,320 persons", "thousands of refugees": more than make a visit to anybody.
pub(super) fn is_crowd(reading: &Reading<'_>, head: WordId) -> bool {
    let number = reading.child(head, "nummod").map(|number| reading.analysis.form(number).replace(',', ""));
    let many = number.and_then(|number| number.parse::<f64>().ok()).is_some_and(|number| number >= CROWD);
    let hundreds = |word: WordId| matches!(reading.lemma(word), "hundred" | "thousand" | "million" | "score");
    many || hundreds(head) || reading.child(head, "nummod").is_some_and(hundreds)
}

/// The two of "the meeting of the two delegations".
pub(super) fn pair_of(reading: &Reading<'_>, trigger: WordId) -> Option<WordId> {
    reading.behind(trigger, &["of"]).into_iter().find(|head| {
        let counted = |it: &WordId| matches!(reading.lemma(*it), "two" | "both");
        is_party(reading, *head) && reading.analysis.children(*head).iter().any(counted)
    })
}

/// "the minister and the delegation accompanying him": those who come along make no third side.
fn accompanies(reading: &Reading<'_>, head: WordId) -> bool {
    matches!(reading.lemma(head), "delegation" | "team" | "entourage" | "party")
        && reading.analysis.children_in(head, "acl").any(|verb| reading.lemma(verb) == "accompany")
}

/// "with Doe in the chair", "with Doe looking on": who is there and is none of those who meet.
fn presides(reading: &Reading<'_>, head: WordId) -> bool {
    let head = reading.word(head).head.filter(|_| reading.word(head).relation() == "conj").unwrap_or(head);
    if reading.preposition(head) != Some("with") {
        return false;
    }
    // "with Doe and Roe at their side".
    let last = reading.conjuncts(head).last().copied().unwrap_or(head);
    let last = reading.analysis.children_in(last, "flat").last().unwrap_or(last).max(last);
    let behind = reading.analysis.word(last).span.end();
    let rest = reading.analysis.document.text.as_str()[behind..].trim_start();
    PRESIDING.iter().any(|words| rest.starts_with(words))
}

/// The person behind "…, Jane Doe, and": joined by commas around a name in apposition.
fn behind_apposition(reading: &Reading<'_>, one: WordId) -> Option<WordId> {
    let name = reading.analysis.children_in(one, "appos").last()?;
    let last = reading.analysis.children_in(name, "flat").last().unwrap_or(name);
    let form = |more: u32| {
        let word = WordId(last.0 + more);
        let inside = reading.analysis.sentence(one).words.contains(&word.0);
        inside.then(|| reading.analysis.form(word))
    };
    if form(1) != Some(",") || form(2) != Some("and") {
        return None;
    }
    let and = WordId(last.0 + 2);
    let other =
        reading.word(and).head.filter(|other| *other > and && reading.word(and).relation() == "cc")?;
    (is_person(reading, other) && !reading.is_verb(other)).then_some(other)
}

/// "talks on the valley between the government and the movement": what the next "and" joins, whatever the tree hangs it on.
fn behind_and(reading: &Reading<'_>, one: WordId) -> Option<WordId> {
    // A name in brackets behind may be hung on the first.
    let within = reading.analysis.subtree(one);
    let run = within.iter().skip_while(|word| **word < one).enumerate();
    let last = run.take_while(|(at, word)| word.0 == one.0 + *at as u32).last()?.1;
    let and = WordId(last.0 + 1);
    let inside = reading.analysis.sentence(one).words.contains(&and.0);
    let joins = inside && reading.lemma(and) == "and" && reading.word(and).relation() == "cc";
    reading.word(and).head.filter(|other| joins && *other > and && reading.word(*other).relation() == "conj")
}

/// What the relative clause around a word stands behind.
fn before_clause(reading: &Reading<'_>, word: WordId) -> Option<WordId> {
    let mut top = word;
    for _ in 0..6 {
        let above = reading.word(top).head?;
        if reading.word(top).deprel == "acl:relcl" {
            return Some(above);
        }
        top = above;
    }
    None
}

/// What only counts a contact: "a sixth round of talks".
pub(super) fn carrier(reading: &Reading<'_>, trigger: WordId) -> Option<WordId> {
    let above = reading.word(trigger).head?;
    let counts = matches!(
        reading.lemma(above),
        "round" | "series" | "string" | "hour" | "day" | "week" | "number" | "couple" | "set"
    );
    let of = reading.preposition(trigger) == Some("of");
    (counts && of && reading.word(trigger).relation() == "nmod").then_some(above)
}

/// "Kyrgyz and Tajik security chiefs X and Y met": two subjects, of which the second names the first.
pub(super) fn explained_subject(reading: &Reading<'_>, verb: WordId) -> Option<(WordId, WordId)> {
    let mut subjects = reading.analysis.children_in(verb, "nsubj");
    let first = subjects.next()?;
    let named = subjects.find(|head| reading.word(*head).upos == Upos::Propn && is_person(reading, *head))?;
    Some((first, named))
}

pub(super) fn is_definite(reading: &Reading<'_>, noun: WordId) -> bool {
    reading.analysis.children_in(noun, "det").any(|det| super::words::DEFINITE.contains(&reading.lemma(det)))
        || reading.child_exactly(noun, "nmod:poss").is_some()
}

/// The issuer of a readout takes part in the contact that its title names with one party only.
pub(super) fn issuer(reading: &Reading<'_>) -> Option<Party> {
    let document = &reading.analysis.document;
    let issuer = document.issuer.as_ref().filter(|_| document.genre == Genre::Readout)?;
    let mut senses = reading.pack.world.senses(issuer).map(|sense| sense.actor.clone());
    let actor = senses.next().filter(|first| senses.all(|other| other == *first));
    Some(Party { words: None, actor, resolved: Some(issuer.clone()) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use demarche_record::Words;

    #[test]
    fn parties_are_the_same_by_actor_before_words() {
        let party = |actor: Option<&str>, text: &str| Party {
            words: Some(Words { start_byte: 0, end_byte: 0, start: 0, end: 0, text: text.to_owned() }),
            actor: actor.map(|id| demarche_record::ActorId(id.to_owned())),
            resolved: None,
        };
        assert_eq!(key(&party(Some("fra"), "Paris")), key(&party(Some("fra"), "France")));
        assert_ne!(key(&party(None, "the envoy")), key(&party(None, "the general")));
    }
}
