//! Finds names in the tags of the network: the best sequence of tags.

mod edges;

use crate::places::grammar;
use crate::{Analysis, Name, NameKind, Upos, WordId};
use demarche_model::Chain;
use demarche_pack::Pack;
use demarche_pack::cues::{CueClass, Speech};
use demarche_pack::places::Site;
use demarche_pack::titles::NounKind;
use demarche_pack::world::{SenseKind, fold};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// What a tag of the model says, without `B-` or `I-`.
pub fn kind_of_tag(tag: &str) -> NameKind {
    match tag {
        "PER" => NameKind::Person,
        "ORG" => NameKind::Organisation,
        "PARTY" => NameKind::Party,
        "LOC" => NameKind::Location,
        "GPE" => NameKind::Polity,
        "NORP" => NameKind::Nationality,
        "FAC" => NameKind::Facility,
        "EVENT" => NameKind::Event,
        "DOC" => NameKind::Document,
        "WEAPON" => NameKind::Weapon,
        _ => NameKind::Other,
    }
}

/// Makes the names of a document whole and alike: "Gulf of" and "Mexico" are one name, no name ends in a preposition,
/// conjunction or article, no person is called after an office, addresses and titles are no names, a town and its region are two,
/// and the same words name the same kind of thing everywhere in a document,
/// and a town of the country that the text is about is nobody.
pub fn settle(analysis: &mut Analysis, pack: &Pack) {
    let loose = |word: u32| matches!(analysis.words[word as usize].upos, Upos::Adp | Upos::Cconj | Upos::Det);
    let mut whole: Vec<Name> = Vec::with_capacity(analysis.names.len());
    for name in &analysis.names {
        match whole.last_mut() {
            Some(before) if before.words.end == name.words.start && loose(before.words.end - 1) => {
                before.words.end = name.words.end;
            }
            // "Hans-Rudolf Doe" is one person.
            Some(before)
                if [before.kind, name.kind] == [NameKind::Person; 2]
                    && before.words.end + 1 == name.words.start
                    && is_hyphened(analysis, before.words.end) =>
            {
                before.words.end = name.words.end;
            }
            _ => whole.push(name.clone()),
        }
    }
    with_hyphened(analysis, &mut whole);
    for name in &mut whole {
        while !name.words.is_empty() && loose(name.words.end - 1) {
            name.words.end -= 1;
        }
    }
    whole.retain(|name| !name.words.is_empty());
    let mut whole = edges::trimmed(analysis, pack, split_offices(whole, &loose));
    // "The United Nations High Commissioner for Refugees, Jane Doe" is an office, and a person's.
    let office = |name: &Name| {
        let person = |head: WordId| {
            let lemma = analysis.word(head).lemma.to_lowercase();
            analysis.children_in(head, "appos").any(|other| analysis.word(other).upos == Upos::Propn)
                && pack.titles.noun(&lemma).is_some_and(|noun| noun.kind == NounKind::Person)
        };
        name.kind == NameKind::Organisation
            && pack.world.senses(text_of(analysis, name)).next().is_none()
            && head_of(analysis, name).is_some_and(person)
    };
    whole.retain(|name| !office(name));
    let words = |name: &Name| -> String {
        let forms: Vec<&str> = analysis.ids(&name.words).map(|id| analysis.form(id)).collect();
        forms.join(" ")
    };
    let mut kinds: BTreeMap<String, Vec<(NameKind, usize)>> = BTreeMap::new();
    for name in &whole {
        let seen = kinds.entry(words(name)).or_default();
        match seen.iter_mut().find(|(kind, _)| *kind == name.kind) {
            Some((_, count)) => *count += 1,
            None => seen.push((name.kind, 1)),
        }
    }
    let usual: Vec<NameKind> = whole
        .iter()
        .map(|name| {
            let seen = kinds.get(&words(name)).map_or(&[][..], Vec::as_slice);
            // The kind seen most; of equals, the one seen first.
            seen.iter().rev().max_by_key(|(_, count)| *count).map_or(name.kind, |(kind, _)| *kind)
        })
        .collect();
    whole.iter_mut().zip(usual).for_each(|(name, kind)| name.kind = kind);
    surnames(analysis, pack, &mut whole);
    let regions: Vec<bool> = whole.iter().map(|name| is_division(analysis, pack, name)).collect();
    for (name, _) in whole.iter_mut().zip(regions).filter(|(_, region)| *region) {
        name.kind = NameKind::Polity;
    }
    let towns: Vec<bool> = whole.iter().map(|name| is_town(analysis, pack, &whole, name)).collect();
    for (name, _) in whole.iter_mut().zip(towns).filter(|(_, town)| *town) {
        name.kind = NameKind::Polity;
    }
    let listed: Vec<bool> = whole.iter().map(|name| is_listed(analysis, pack, &whole, name)).collect();
    for (name, _) in whole.iter_mut().zip(listed).filter(|(_, listed)| *listed) {
        name.kind = NameKind::Polity;
    }
    let sites: Vec<bool> = whole.iter().map(|name| is_site(analysis, pack, name)).collect();
    for (name, _) in whole.iter_mut().zip(sites).filter(|(_, site)| *site) {
        name.kind = NameKind::Facility;
    }
    one_tree(analysis, &whole);
    analysis.names = whole;
}

/// "Sheikh Jane Mary Doe": the words of a person's name hang together, whatever the network hung on the title before it.
fn one_tree(analysis: &mut Analysis, names: &[Name]) {
    let mut moved = false;
    for name in names.iter().filter(|name| name.kind == NameKind::Person && name.words.len() > 1) {
        let Some(top) = head_of(analysis, name) else { continue };
        for at in name.words.clone().map(WordId).filter(|at| *at > top) {
            let word = analysis.word(at);
            let outside = word.head.is_some_and(|head| !name.words.contains(&head.0));
            if !outside || !matches!(word.relation(), "appos" | "flat" | "conj" | "nmod") {
                continue;
            }
            // No word comes to hang on itself.
            let mut above = analysis.word(top).head;
            while above.is_some_and(|it| it != at) {
                above = above.and_then(|it| analysis.word(it).head);
            }
            if above.is_none() {
                let word = &mut analysis.words[at.0 as usize];
                (word.head, word.deprel) = (Some(top), "flat".into());
                moved = true;
            }
        }
    }
    if moved {
        analysis.index();
    }
}

/// True for a hyphen that stands between two words without a space.
fn is_hyphened(analysis: &Analysis, at: u32) -> bool {
    let word = |at: u32| analysis.words.get(at as usize).map(|word| word.span);
    let (Some(before), Some(hyphen), Some(behind)) =
        (at.checked_sub(1).and_then(word), word(at), word(at + 1))
    else {
        return false;
    };
    analysis.form(WordId(at)) == "-" && before.end() == hyphen.start() && hyphen.end() == behind.start()
}

/// "Al-Baghdadi Doe", "Doe Al-Sabah": what a hyphen joins to a person's name with a capital letter belongs to it.
fn with_hyphened(analysis: &Analysis, names: &mut [Name]) {
    let capital = |at: u32| analysis.form(WordId(at)).starts_with(char::is_uppercase);
    for at in 0..names.len() {
        if names[at].kind != NameKind::Person {
            continue;
        }
        let Range { start, end } = names[at].words;
        let floor = if at > 0 { names[at - 1].words.end } else { 0 };
        let ceiling = names.get(at + 1).map_or(analysis.words.len() as u32, |next| next.words.start);
        if start >= floor + 2 && is_hyphened(analysis, start - 1) && capital(start - 2) {
            names[at].words.start = start - 2;
        }
        // "Koo Chen-fu", but not "the Trump-era law".
        let part = |at: u32| capital(at) || analysis.word(WordId(at)).upos == Upos::Propn;
        if end + 2 <= ceiling && is_hyphened(analysis, end) && part(end + 1) {
            names[at].words.end = end + 2;
        }
    }
}

/// "the Tigray region", "Oromia state": what the network takes for a people before such a noun is the part of a state.
fn is_division(analysis: &Analysis, pack: &Pack, name: &Name) -> bool {
    let behind = analysis.words.get(name.words.end as usize);
    let noun = behind.is_some_and(|word| {
        pack.placing.divisions.contains(&word.lemma.to_lowercase()) && word.feature("Number") != Some("Plur")
    });
    let form = text_of(analysis, name);
    name.kind == NameKind::Nationality
        && noun
        && pack.places.named(form).any(|site| fold(&site.name) == fold(form))
        && pack.world.senses(form).all(|sense| sense.kind != SenseKind::Demonym)
}

/// "by way of Three Pagodas Pass", "inside the Church of the Nativity": a name with the noun of a site in it, where the words
/// around ask for a place.
fn is_site(analysis: &Analysis, pack: &Pack, name: &Name) -> bool {
    let other = matches!(
        name.kind,
        NameKind::Organisation | NameKind::Document | NameKind::Event | NameKind::Weapon | NameKind::Other
    );
    if !other || name.words.len() < 2 {
        return false;
    }
    let noun = |at: u32| {
        let form = analysis.form(WordId(at));
        form.starts_with(char::is_uppercase) && pack.placing.landmarks.contains(&form.to_lowercase())
    };
    let first = name.words.start;
    let of = name.words.len() > 2 && analysis.form(WordId(first + 1)) == "of";
    (noun(name.words.end - 1) || of && noun(first))
        && head_of(analysis, name).is_some_and(|head| {
            grammar::is_asked(analysis, pack, head) || grammar::is_surely_place(analysis, pack, head)
        })
}

/// The word of a name that hangs outside of it.
fn head_of(analysis: &Analysis, name: &Name) -> Option<WordId> {
    let outside = |word: &WordId| analysis.word(*word).head.is_none_or(|head| !name.words.contains(&head.0));
    analysis.ids(&name.words).find(outside)
}

fn text_of<'a>(analysis: &'a Analysis, name: &Name) -> &'a str {
    let last = analysis.word(WordId(name.words.end - 1)).span;
    analysis.text(analysis.word(WordId(name.words.start)).span.cover(last))
}

/// "in Mendefera and Adi Quala", "struck Bhamo and Mansi": what one name of a list is where the words around ask for a place,
/// the others are, and so is what stands where no person does, unless the text has them as persons elsewhere.
fn is_listed(analysis: &Analysis, pack: &Pack, names: &[Name], name: &Name) -> bool {
    let people = name.kind == NameKind::Nationality;
    if !people && !matches!(name.kind, NameKind::Person | NameKind::Organisation | NameKind::Other) {
        return false;
    }
    let Some(head) = head_of(analysis, name) else { return false };
    let word = analysis.word(head);
    let first = word.head.filter(|_| word.relation() == "conj").unwrap_or(head);
    let is_place = |word: WordId| {
        names
            .iter()
            .any(|it| it.words.contains(&word.0) && matches!(it.kind, NameKind::Polity | NameKind::Location))
    };
    let mut others = std::iter::once(first).chain(analysis.children_in(first, "conj"));
    let place = others.any(|other| other != head && is_place(other));
    let last = analysis.form(WordId(name.words.end - 1));
    let elsewhere = names.iter().any(|it| {
        it.kind == NameKind::Person
            && it.words != name.words
            && analysis.form(WordId(it.words.end - 1)) == last
    });
    // "fall back on Mendefera and Adi Quala": with towns in front other prepositions do.
    let towards = || {
        analysis.children_in(first, "case").any(|case| {
            matches!(
                analysis.form(case).to_lowercase().as_str(),
                "on" | "to" | "through" | "via" | "towards" | "toward" | "across"
            )
        })
    };
    let asked = || grammar::is_asked(analysis, pack, first) || first != head && towards();
    // "Kunduz, Taloqan and Sar-e Pol": or the gazetteer has it.
    let held = || pack.places.named(text_of(analysis, name)).any(|site| !site.wide);
    (place && (!people && asked() || held()) || !people && grammar::is_surely_place(analysis, pack, head))
        && !elsewhere
        && pack.world.senses(text_of(analysis, name)).next().is_none()
        && pack.world.with_surname(last).is_empty()
}

/// "Khawaja Asif … Asif": a lone word that the packs have for no body or place is the person whose full name ends in it.
fn surnames(analysis: &Analysis, pack: &Pack, names: &mut [Name]) {
    let last = |name: &Name| analysis.form(WordId(name.words.end - 1)).to_owned();
    let mut persons: BTreeSet<String> = BTreeSet::new();
    for name in names {
        if name.kind == NameKind::Person {
            persons.extend((name.words.len() > 1).then(|| last(name)));
        } else if name.words.len() == 1
            && matches!(name.kind, NameKind::Organisation | NameKind::Party | NameKind::Other)
            && persons.contains(&last(name))
            && pack.world.senses(&last(name)).all(|sense| pack.world.person(&sense.actor).is_some())
        {
            name.kind = NameKind::Person;
        }
    }
}

/// Thousands of people from which a town is known by its name alone.
const LARGE: u32 = 100;

/// True for a word tagged as a person that is a town of a country named in the text, and that the text nowhere uses with a
/// first name or a title: "the movement occupied Goma" in an article on Congo. A small one must stand where places do.
fn is_town(analysis: &Analysis, pack: &Pack, names: &[Name], name: &Name) -> bool {
    let Some(head) = head_of(analysis, name) else { return false };
    // "the attack from Sisak", "struck Tal Rifaat": a smaller town where the words around ask for a place.
    let asked = grammar::is_asked(analysis, pack, head);
    let person = name.kind == NameKind::Person || asked && name.kind == NameKind::Organisation;
    // "Lashkar Gah fell": two words of the gazetteer that begin with no first name.
    let given = || pack.titles.given_gender(analysis.form(WordId(name.words.start))).is_some();
    if !person || name.words.len() > 1 && !asked && given() {
        return false;
    }
    let form = text_of(analysis, name);
    // A small town among others of its country, where nobody speaks or is spoken to.
    let among = |it: &Site| {
        !it.wide && !acts(analysis, pack, head) && !given() && towns_beside(analysis, pack, names, name, it)
    };
    let large =
        |it: &&Site| it.feature || fold(&it.name) == fold(form) && (it.people >= LARGE || asked) || among(it);
    let Some(site) = pack.places.named(form).find(large) else { return false };
    let last = analysis.form(WordId(name.words.end - 1));
    // Kandahar stands for a government too, but for nobody.
    let somebody = pack.world.senses(form).any(|sense| sense.kind != SenseKind::Metonym);
    // "a hospital in Surin", whoever else is called so, but not "anger at Austin".
    if !pack.world.with_surname(last).is_empty() && !grammar::is_within(analysis, pack, head) || somebody {
        return false;
    }
    let same = |other: &&Name| {
        other.kind == NameKind::Person && analysis.ids(&other.words).any(|it| analysis.form(it) == last)
    };
    let alone = names.iter().filter(same).all(|other| {
        let before = other.words.start.checked_sub(1).map(|it| &analysis.words[it as usize]);
        let title = before.is_some_and(|word| {
            matches!(word.upos, Upos::Propn | Upos::Noun)
                && word.head.is_some_and(|head| other.words.contains(&head.0))
        });
        other.words.len() == name.words.len() && !title
    });
    let told = || {
        names.iter().filter(|it| matches!(it.kind, NameKind::Polity | NameKind::Nationality)).any(|it| {
            let words: Vec<&str> = analysis.ids(&it.words).map(|word| analysis.form(word)).collect();
            let words = words.join(" ");
            pack.world.senses(&words).any(|sense| {
                pack.world.actor(&sense.actor).is_some_and(|actor| actor.country == site.country)
            })
        })
    };
    // "Hama fell on Thursday", whatever the text is about.
    let surely = asked && site.people >= LARGE;
    alone && (surely || among(site) || told())
}

/// Other towns of one country in a text from which on a name may be one more.
const BESIDE: usize = 3;

/// True if a text has several other places that lie in the country of a site.
fn towns_beside(analysis: &Analysis, pack: &Pack, names: &[Name], own: &Name, site: &Site) -> bool {
    let own = text_of(analysis, own);
    let mut others: BTreeSet<&str> = BTreeSet::new();
    for name in names.iter().filter(|it| matches!(it.kind, NameKind::Polity | NameKind::Location)) {
        let text = text_of(analysis, name);
        if text != own && pack.places.named(text).any(|it| !it.wide && it.country == site.country) {
            others.insert(text);
        }
    }
    others.len() >= BESIDE
}

/// True for whoever says something, is told it, or holds an office.
fn acts(analysis: &Analysis, pack: &Pack, head: WordId) -> bool {
    let word = analysis.word(head);
    let speaks = |verb: WordId| {
        let cue = pack.cues.find(CueClass::Verb, &analysis.word(verb).lemma, []);
        cue.is_some_and(|cue| cue.speech != Speech::None)
    };
    let verb = word.head.filter(|_| matches!(word.relation(), "nsubj" | "obj" | "iobj"));
    verb.is_some_and(speaks) || matches!(word.relation(), "appos" | "vocative" | "flat")
}

/// "President of the Republic" is an office and a state, not the name of a person: nobody's name has a preposition in it
/// (particles such as "de" or "bin" are parts of names to the tagger).
fn split_offices(names: Vec<Name>, loose: &impl Fn(u32) -> bool) -> Vec<Name> {
    let mut all = Vec::with_capacity(names.len());
    for name in names {
        let within = name.words.clone();
        let cut = within.clone().find(|word| name.kind == NameKind::Person && loose(*word));
        let Some(cut) = cut else {
            all.push(name);
            continue;
        };
        let rest = (cut..within.end).find(|word| !loose(*word)).unwrap_or(within.end);
        if within.start < cut {
            all.push(Name { words: within.start..cut, ..name.clone() });
        }
        if rest < within.end {
            all.push(Name { words: rest..within.end, kind: NameKind::Polity });
        }
    }
    all
}

/// Spans of the best tag sequence (Viterbi): words and the number of the tag that begins the span.
pub fn best_spans(tags: &[String], chain: &Chain, scores: &[f32]) -> Vec<(Range<usize>, usize)> {
    let width = tags.len();
    let words = scores.len() / width.max(1);
    if words == 0 {
        return Vec::new();
    }
    let mut best: Vec<f32> = (0..width).map(|tag| chain.start[tag] + scores[tag]).collect();
    let mut back = vec![0usize; words * width];
    for word in 1..words {
        let mut next = vec![f32::NEG_INFINITY; width];
        for (from, (before, follows)) in best.iter().zip(&chain.follow).enumerate() {
            for (tag, follow) in follows.iter().enumerate() {
                let here = before + follow;
                if here > next[tag] {
                    next[tag] = here;
                    back[word * width + tag] = from;
                }
            }
        }
        best = next.iter().zip(&scores[word * width..]).map(|(before, here)| before + here).collect();
    }
    let mut tag = (0..width).fold(0, |held, tag| if best[tag] > best[held] { tag } else { held });
    let mut path = vec![tag; words];
    for word in (1..words).rev() {
        tag = back[word * width + tag];
        path[word - 1] = tag;
    }
    spans(tags, &path)
}

/// Reads spans back from tags; an `I-` that continues nothing begins a span.
fn spans(tags: &[String], path: &[usize]) -> Vec<(Range<usize>, usize)> {
    let kind = |tag: usize| tags[tag].split_once('-').map_or("", |it| it.1);
    let mut found: Vec<(Range<usize>, usize)> = Vec::new();
    for (word, tag) in path.iter().enumerate() {
        let inside = tags[*tag].starts_with("I-");
        match found.last_mut() {
            Some((range, first)) if inside && range.end == word && kind(*first) == kind(*tag) => {
                range.end = word + 1
            }
            _ if *tag != 0 => found.push((word..word + 1, *tag)),
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tags() -> Vec<String> {
        ["O", "B-PER", "I-PER", "B-ORG", "I-ORG"].map(str::to_owned).to_vec()
    }

    /// Forbids an `I-` that continues nothing.
    fn chain() -> Chain {
        let never = -10_000.0;
        Chain {
            start: vec![0.0, 0.0, never, 0.0, never],
            follow: vec![
                vec![0.0, 0.0, never, 0.0, never],
                vec![0.0, 0.0, 0.0, 0.0, never],
                vec![0.0, 0.0, 0.0, 0.0, never],
                vec![0.0, 0.0, never, 0.0, 0.0],
                vec![0.0, 0.0, never, 0.0, 0.0],
            ],
        }
    }

    #[test]
    fn a_name_goes_on_only_after_it_began() {
        // Word by word the best tags would be O, I-PER, I-ORG.
        let scores = [3.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 4.0, 0.0, 0.0, 0.0, 0.0, 2.5, 0.0, 2.6];
        assert_eq!(best_spans(&tags(), &chain(), &scores), [(0..3, 1)]);
    }

    #[test]
    fn neighbours_are_two_names() {
        let scores = [0.0, 5.0, 0.0, 0.0, 0.0, 0.0, 5.0, 1.0, 0.0, 0.0];
        assert_eq!(best_spans(&tags(), &chain(), &scores), [(0..1, 1), (1..2, 1)]);
    }
}
