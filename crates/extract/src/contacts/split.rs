//! Phrases that stand for one of each of two sides: "Thai and Cambodian generals", "officers of India and Pakistan".

use super::parties::is_party;
use super::words::PEOPLE;
use crate::Reading;
use demarche_language::{EntityKind, Upos, WordId};
use demarche_pack::world::SenseKind;
use demarche_record::Party;

/// One plural phrase for the people of two sides: "Thai and Cambodian generals", "officers of India and Pakistan".
pub(super) fn split(reading: &Reading<'_>, head: WordId) -> Option<Vec<Party>> {
    let word = reading.word(head);
    let known = reading
        .mention(head)
        .and_then(|id| reading.analysis.mention(id).entity)
        .is_some_and(|id| !reading.analysis.entity(id).members.is_empty());
    if known
        || word.feature("Number") != Some("Plur") && !of_two_nations(reading, head)
        || word.upos == Upos::Pron
    {
        return None;
    }
    let sides = |child: WordId| -> Option<Vec<WordId>> {
        let mut all = reading.conjuncts(child);
        // "the ministers of A and B and the High Representative".
        all.retain(|it| *it == child || !reading.pack.world.is_title(&reading.lemma(*it).to_lowercase()));
        let capital = |it: &WordId| reading.analysis.form(*it).starts_with(char::is_uppercase);
        (all.len() >= 2 && all.iter().all(capital)).then_some(all)
    };
    let beside = |child: WordId| matches!(reading.word(child).relation(), "amod" | "compound");
    let nation = |child: WordId| {
        reading.pack.world.senses(reading.analysis.form(child)).any(|sense| sense.kind == SenseKind::Demonym)
    };
    let lone = |child: &WordId| beside(*child) && reading.conjuncts(*child).len() < 2 && nation(*child);
    let adjectives =
        reading.analysis.children(head).iter().copied().filter(|child| beside(*child)).find_map(|child| {
            let mut all = sides(child)?;
            // "the A, the B and the C presidents": the tree may join two of the three.
            all.extend(reading.analysis.children(head).iter().copied().filter(lone));
            all.sort_unstable();
            Some(all)
        });
    let adjectives = adjectives.or_else(|| {
        let both: Vec<WordId> = reading.analysis.children(head).iter().copied().filter(lone).collect();
        (both.len() == 2 && of_two_nations(reading, head)).then_some(both)
    });
    // "representatives of the junta and the rebels": behind people, any two parties will do.
    let acting = |child: WordId| {
        let all = reading.conjuncts(child);
        let people = PEOPLE.contains(&reading.lemma(head));
        (people && all.len() >= 2 && all.iter().all(|it| is_party(reading, *it))).then_some(all)
    };
    let behind = reading.behind(head, &["of", "from"]);
    // "the heads of military operations of Pakistan and India": the sides may hang on what is headed.
    let headed = behind.first().copied().filter(|_| PEOPLE.contains(&reading.lemma(head))).and_then(|of| {
        let owners = reading.behind(of, &["of"]).first().copied().and_then(sides)?;
        let words =
            reading.analysis.children(of).iter().copied().filter(|child| {
                *child < of && matches!(reading.word(*child).relation(), "amod" | "compound")
            });
        let words: Vec<&str> = words.chain([of]).map(|word| reading.analysis.form(word)).collect();
        Some((owners, words.join(" ")))
    });
    // "commanders of the Indian and Chinese armies": the sides may be adjectives of what is headed.
    let beside = behind.iter().find_map(|of| {
        let sides = reading.analysis.children_in(*of, "amod").find_map(sides)?;
        let people = PEOPLE.contains(&reading.lemma(head));
        people.then(|| (sides, reading.analysis.form(*of)))
    });
    let owners = || behind.iter().find_map(|child| sides(*child).or_else(|| acting(*child)));
    // The noun with the words between it and its side: "defence ministers", "security chiefs".
    let plain: Vec<&str> = reading
        .analysis
        .children(head)
        .iter()
        .filter(|child| {
            **child < head
                && matches!(reading.word(**child).relation(), "amod" | "compound")
                && !reading.analysis.form(**child).starts_with(char::is_uppercase)
        })
        .map(|child| reading.analysis.form(*child))
        .chain([reading.analysis.form(head)])
        .collect();
    let noun = plain.join(" ");
    let words = reading.words(reading.phrase(head));
    let part = |name: String| Party { words: Some(words.clone()), actor: None, resolved: Some(name) };
    if let Some(all) = adjectives {
        return Some(
            all.iter().map(|side| part(format!("{} {noun}", reading.analysis.form(*side)))).collect(),
        );
    }
    // "Ruritania and Freedonia … their leaders met": one of each.
    if let Some(all) = owning_pair(reading, head) {
        return Some(all.iter().map(|owner| part(format!("{noun} of {owner}"))).collect());
    }
    let name = |side: &WordId| reading.words(reading.phrase(*side)).text;
    if let Some((sides, what)) = beside {
        let name = |side: &WordId| reading.analysis.form(*side);
        return Some(sides.iter().map(|side| part(format!("{noun} of the {} {what}", name(side)))).collect());
    }
    if let Some((sides, what)) = headed {
        return Some(sides.iter().map(|side| part(format!("{noun} of {what} of {}", name(side)))).collect());
    }
    owners().map(|all| all.iter().map(|side| part(format!("{noun} of {}", name(side)))).collect())
}

/// The names of the two bodies that "their" takes up.
fn owning_pair(reading: &Reading<'_>, head: WordId) -> Option<Vec<String>> {
    let their = reading.child_exactly(head, "nmod:poss").filter(|owner| {
        reading.word(*owner).upos == Upos::Pron && reading.pack.world.is_title(reading.lemma(head))
            || reading.word(*owner).upos == Upos::Pron && reading.lemma(head) == "leader"
    })?;
    let entity = reading.mention(their).and_then(|id| reading.analysis.mention(id).entity)?;
    let members = &reading.analysis.entity(entity).members;
    let bodies: Vec<String> = members
        .iter()
        .map(|member| reading.analysis.entity(*member))
        .filter(|entity| entity.kind == EntityKind::Body)
        .map(|entity| entity.name.clone())
        .collect();
    (bodies.len() == 2 && members.len() == 2).then_some(bodies)
}

/// "the Malawian and the Zambian president": one of each, with an article for both.
fn of_two_nations(reading: &Reading<'_>, head: WordId) -> bool {
    let articles =
        reading.analysis.children_in(head, "det").filter(|det| reading.lemma(*det) == "the").count();
    articles == 2 && reading.pack.world.is_title(reading.lemma(head)) && reading.child(head, "cc").is_some()
}
