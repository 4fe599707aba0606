//! Finds the names that a document uses as places.

use super::span;
use super::{choose, grammar};
use crate::mentions::seats;
use crate::{Analysis, EntityKind, MentionForm, NameKind, Upos, WordId};
use demarche_pack::Pack;
use demarche_pack::places::Site;
use demarche_pack::world::{ActorKind, SenseKind, fold};
use demarche_record::Precision;
use std::ops::Range;

/// Longest place name, in words.
const LONGEST: usize = 7;

/// A name that stands as a place.
pub(super) struct Candidate {
    pub words: Range<u32>,
    pub text: String,
    /// Code of the state it names.
    pub state: Option<String>,
    /// The country whose seat it is.
    pub seat: Option<String>,
    /// True where the network takes the words for the name of a place.
    pub named: bool,
    /// True where the words around it say that it is a place.
    pub placed: bool,
    /// True where the network says so and nothing around it speaks against.
    pub likely: bool,
    /// True for a river, lake or sea by the noun beside it.
    pub water: bool,
    /// True for a kind of place with an article in place of a name named before: "the Strait".
    pub short: bool,
    /// True for a name with an article of its own, which rivers, mountains and regions have and towns have not: "the Una".
    pub article: bool,
    /// True where a noun beside it says that it is a part of a state: "the state of Manipur", "Sumy region".
    pub region: bool,
    /// Such a noun right behind it.
    pub division: Option<String>,
}

pub(super) fn candidates(analysis: &Analysis, pack: &Pack) -> Vec<Candidate> {
    let mut ranges: Vec<(Range<u32>, bool)> = Vec::new();
    for sentence in &analysis.sentences {
        let mut at = sentence.words.start;
        while at < sentence.words.end {
            match longest(analysis, pack, at, sentence.words.end) {
                Some(end) => {
                    ranges.push((at..end, false));
                    at = end;
                }
                None => at += 1,
            }
        }
    }
    for name in &analysis.names {
        if matches!(name.kind, NameKind::Polity | NameKind::Location | NameKind::Facility) {
            let lead = matches!(analysis.form(WordId(name.words.start)), "the" | "The");
            // "The Hague" keeps its article, "the Donbas" does not.
            let whole = analysis.text(span(analysis, &name.words));
            let lead = lead && name.words.len() > 1 && pack.places.named(whole).next().is_none();
            let words = name.words.start + u32::from(lead)..name.words.end;
            let clash = ranges.iter().position(|(held, _)| held.start < words.end && words.start < held.end);
            match clash {
                // A bridge over a river is not the river.
                Some(held) if is_built_at_water(analysis, pack, &ranges[held].0, &words) => {
                    ranges[held] = (words, true);
                }
                // The gazetteer's own longer or equal name stays.
                Some(held) if ranges[held].0.len() >= words.len() => {}
                // "Kargil heights" lies where Kargil does; "Kucheriv Yar" is another place than Yar.
                Some(held) if is_part(analysis, pack, &ranges[held].0, &words) => ranges[held].1 = true,
                Some(_) => {
                    ranges.retain(|(held, _)| held.end <= words.start || words.end <= held.start);
                    ranges.push((words, true));
                }
                None => ranges.push((words, true)),
            }
        }
    }
    ranges.sort_by_key(|(words, _)| words.start);
    let mut found = Vec::new();
    for (mut words, tagged) in ranges {
        if let Some(halves) = parted(analysis, pack, &words).filter(|_| tagged) {
            found.extend(halves.into_iter().filter_map(|half| candidate(analysis, pack, half, Tag::Part)));
            continue;
        }
        if goes_on(analysis, pack, &words, tagged) {
            words.end += 2;
        }
        if !tagged && comes_from(analysis, pack, &words) {
            words.start -= 2;
        }
        found.extend(candidate(analysis, pack, words, if tagged { Tag::Name } else { Tag::None }));
    }
    // "PARIS, Jan. 28 (Meridian) - …" names an agency, whatever town is called like it.
    let credited = |text: &str| analysis.document.text.as_str().contains(&format!("({text})"));
    found.retain(|candidate| candidate.state.is_some() || !credited(&candidate.text));
    found
}

/// The names of places, as the network has them, in the list in which a name stands, with their places of the gazetteer.
fn towns_listed<'a>(
    analysis: &'a Analysis,
    pack: &'a Pack,
    head: WordId,
) -> impl Iterator<Item = (&'a str, Vec<&'a Site>)> {
    grammar::others_of_list(analysis, head).into_iter().filter_map(|other| {
        let name = analysis.name_over(&(other.0..other.0 + 1))?;
        let text = analysis.text(span(analysis, &name.words));
        let land = matches!(name.kind, NameKind::Polity | NameKind::Location | NameKind::Facility);
        let sites: Vec<_> =
            pack.places.named(text).filter(|site| site.precision != Precision::Country).collect();
        (land && !sites.is_empty()).then_some((text, sites))
    })
}

/// True for a hyphen between two words without a space.
fn is_hyphen(analysis: &Analysis, at: u32) -> bool {
    let word = |at: u32| analysis.words.get(at as usize).map(|word| word.span);
    let (Some(before), Some(own), Some(behind)) = (at.checked_sub(1).and_then(word), word(at), word(at + 1))
    else {
        return false;
    };
    matches!(analysis.form(WordId(at)), "-" | "–")
        && before.end() == own.start()
        && own.end() == behind.start()
}

/// The towns of "the Teknaf-Ukhia road", if it has no name of its own in the gazetteer.
fn parted(analysis: &Analysis, pack: &Pack, words: &Range<u32>) -> Option<[Range<u32>; 2]> {
    let known = |words: &Range<u32>| pack.places.named(analysis.text(span(analysis, words))).next().is_some();
    // "As-Salif": an article is no town.
    let capital = |at: u32| {
        let form = analysis.form(WordId(at));
        form.starts_with(char::is_uppercase) && form.chars().count() > 3
    };
    let way = |at: &u32| pack.placing.routes.contains(&analysis.word(WordId(*at)).lemma.to_lowercase());
    let hyphen = (words.start + 1..words.end.saturating_sub(1))
        .find(|at| is_hyphen(analysis, *at) && capital(at - 1) && capital(at + 1))
        .filter(|_| !known(words))?;
    let last = (hyphen + 1..words.end).find(way).unwrap_or(words.end);
    let road = analysis.words.len() as u32 > last && way(&last);
    let (one, two) = (words.start..hyphen, hyphen + 1..last);
    let both = known(&one) && known(&two) || road && (known(&one) || known(&two));
    both.then_some([one, two])
}

/// True for a name of the gazetteer that a hyphen makes the beginning of another: "Kyzyl" of "Kyzyl-Bel", "Balo" of "Balo-i".
fn goes_on(analysis: &Analysis, pack: &Pack, words: &Range<u32>, tagged: bool) -> bool {
    if !is_hyphen(analysis, words.end) {
        return false;
    }
    let form = analysis.form(WordId(words.end + 1));
    match form.starts_with(char::is_uppercase) {
        true => !tagged && !is_known(pack, form),
        false => form.chars().count() < 3,
    }
}

/// True for a name of the gazetteer that a hyphen makes the end of another: "Kocho" of "Tort-Kocho".
fn comes_from(analysis: &Analysis, pack: &Pack, words: &Range<u32>) -> bool {
    let Some(hyphen) = words.start.checked_sub(1).filter(|at| *at > 0 && is_hyphen(analysis, *at)) else {
        return false;
    };
    let form = analysis.form(WordId(hyphen - 1));
    form.starts_with(char::is_uppercase) && !is_known(pack, form)
}

/// True for a state, a body or a larger town: "the Iran-Iraq border" joins two names.
fn is_known(pack: &Pack, form: &str) -> bool {
    pack.world.senses(form).next().is_some()
        || pack.places.named(form).any(|site| site.feature || site.people >= choose::KNOWN)
}

/// True for "Kargil heights", "Damascus International Airport": a site at the place whose name it begins with, if that
/// site has no name of its own in the gazetteer.
fn is_part(analysis: &Analysis, pack: &Pack, held: &Range<u32>, words: &Range<u32>) -> bool {
    let own = pack.places.named(analysis.text(span(analysis, words))).next().is_some();
    let feature = pack.places.named(analysis.text(span(analysis, held))).any(|site| site.feature);
    let rest = held.end..words.end;
    let last = analysis.word(WordId(words.end - 1)).lemma.to_lowercase();
    let lower = || analysis.ids(&rest).all(|word| analysis.form(word).starts_with(char::is_lowercase));
    let begins = held.start == words.start && !rest.is_empty();
    // "Red Sea Mills" are on no map of seas.
    let sea = || pack.places.named(analysis.text(span(analysis, held))).any(|site| site.water);
    let capital = || analysis.ids(&rest).any(|word| analysis.form(word).starts_with(char::is_uppercase));
    !own && (feature && !(begins && capital() && sea())
        || begins
            && (lower() || pack.placing.sites.contains(&last) || pack.placing.divisions.contains(&last)))
}

/// True for "White Nile bridge", of which the gazetteer has the river only.
fn is_built_at_water(analysis: &Analysis, pack: &Pack, held: &Range<u32>, words: &Range<u32>) -> bool {
    let water = pack.places.named(analysis.text(span(analysis, held))).next().is_some_and(|site| site.water);
    let last = WordId(words.end - 1);
    water
        && words.start == held.start
        && words.end > held.end
        && pack.placing.waterworks.contains(&analysis.word(last).lemma.to_lowercase())
}

/// The longest name of the gazetteer from a word on.
fn longest(analysis: &Analysis, pack: &Pack, start: u32, end: u32) -> Option<u32> {
    let first = WordId(start);
    let form = analysis.form(first);
    // "al-Qaim": an Arabic article is part of the name.
    let article = pack.titles.particles.contains(form)
        && start + 2 < end
        && analysis.form(WordId(start + 1)) == "-"
        && analysis.form(WordId(start + 2)).starts_with(char::is_uppercase);
    if matches!(form, "the" | "The" | "THE") || !form.starts_with(char::is_uppercase) && !article {
        return None;
    }
    let mut best = None;
    for stop in start + 1..=end.min(start + LONGEST as u32) {
        let text = analysis.text(span(analysis, &(start..stop)));
        let folded = fold(text);
        if !pack.places.has_prefix(&folded) {
            break;
        }
        if pack.places.named(text).next().is_some() {
            best = Some(stop);
        }
    }
    best
}

/// What the network says of a stretch of words.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tag {
    None,
    Name,
    /// One of the names that a hyphen joins.
    Part,
}

/// A range as a candidate, if the text uses it as a place.
fn candidate(analysis: &Analysis, pack: &Pack, words: Range<u32>, tag: Tag) -> Option<Candidate> {
    let tagged = tag != Tag::None;
    let text = analysis.text(span(analysis, &words)).split_whitespace().collect::<Vec<_>>().join(" ");
    let place = span(analysis, &words);
    if analysis.is_in_time(place) {
        return None;
    }
    let head = analysis
        .ids(&words)
        .find(|word| analysis.word(*word).head.is_none_or(|head| !words.contains(&head.0)))?;
    // Part of a longer name of somebody or something else: "New York Times", "Paris Saint-Germain".
    let name = analysis.name_over(&words);
    let outer = name.filter(|name| {
        tag != Tag::Part && name.words.len() > words.len()
            || !matches!(name.kind, NameKind::Polity | NameKind::Location | NameKind::Facility)
    });
    let feature = pack.places.named(&text).next().is_some_and(|site| site.feature);
    let dateline = seats::is_dateline(analysis, &words);
    let sentence = &analysis.sentence(head).words;
    let mut near = analysis.mentions_from(sentence).map(|(_, mention)| mention);
    let mention = near.clone().find(|mention| {
        mention.form != MentionForm::Pronoun && mention.words.contains(&words.start) && mention.head == head
    });
    let entity = mention.and_then(|mention| mention.entity).map(|entity| analysis.entity(entity));
    // What the network takes for a person or a body may be a town all the same.
    let town = entity.is_some_and(|entity| entity.kind == EntityKind::Place)
        && name.is_some_and(|name| name.words == words);
    if let Some(outer) = outer.filter(|_| !town) {
        let person = outer.kind == NameKind::Person;
        let people = outer.kind == NameKind::Nationality;
        // "Kargil heights", "the Adre crossing" lie where Kargil and Adre do.
        let rest = words.end..outer.words.end;
        let part = matches!(
            outer.kind,
            NameKind::Polity | NameKind::Location | NameKind::Facility | NameKind::Event
        ) && !rest.is_empty()
            && (analysis.ids(&rest).all(|word| analysis.form(word).starts_with(char::is_lowercase))
                || outer.kind != NameKind::Event && is_part(analysis, pack, &words, &outer.words));
        if person && !feature && !dateline || people || outer.words.len() > words.len() && !feature && !part {
            return None;
        }
    }
    let proper = analysis.ids(&words).any(|word| analysis.word(word).upos == Upos::Propn);
    // "took Lashio", "at The Hague": a town that no name covers counts where the words around it ask for a place.
    let asked = proper
        && name.is_none()
        && (seats::is_located(analysis, pack, &words, head)
            || grammar::is_taken(analysis, pack, head)
            || grammar::kind_beside(analysis, pack, &words).is_some());
    let named = tagged || dateline || town;
    let tagged = named || asked;
    // A feature of one word counts as a name, not as a word at the start of a sentence.
    if !(tagged || feature && (proper || words.len() > 1) || proper && name.is_some()) {
        return None;
    }
    let senses: Vec<_> = pack.world.senses(&text).collect();
    let state = senses
        .iter()
        .find(|sense| sense.kind == SenseKind::Name)
        .and_then(|sense| pack.world.actor(&sense.actor));
    let state =
        state.filter(|actor| matches!(actor.kind, ActorKind::State)).and_then(|actor| actor.country.clone());
    let case = seats::preposition(analysis, pack, head);
    // "the envoy to X", "went from X": a name of a body goes on with these words, not with others; the tree may hang the
    // place on the name before it.
    let goes_on = case.as_deref().is_none_or(|case| matches!(case, "of" | "for"));
    let inside = near.any(|mention| {
        mention.form == MentionForm::Name
            && mention.words.start <= words.start
            && words.end <= mention.words.end
            && mention.words.len() > words.len() + 1
            && !words.contains(&mention.head.0)
            && (goes_on || state.is_some() && !seats::is_located(analysis, pack, &words, head))
            && mention.entity.is_some_and(|entity| match analysis.entity(entity).kind {
                EntityKind::Place => false,
                // "Doe, the mayor of X", "Doe of X": of a body it may be the name, of somebody it is where they are from.
                EntityKind::Person => state.is_some() || case.is_none(),
                _ => true,
            })
    });
    if inside && !feature {
        return None;
    }
    let person = entity.is_some_and(|entity| entity.kind == EntityKind::Person);
    if person && !dateline && !town && !grammar::is_within(analysis, pack, head) {
        return None;
    }
    let seat = senses.iter().find(|sense| sense.kind == SenseKind::Metonym).and_then(|sense| {
        pack.world.chain(&sense.actor).find_map(|at| pack.world.actor(at).and_then(|it| it.country.clone()))
    });
    if senses.iter().any(|sense| sense.kind == SenseKind::Demonym) && state.is_none() {
        return None;
    }
    let actor = entity.and_then(|entity| entity.actor.as_ref()).and_then(|actor| pack.world.actor(actor));
    if let Some(actor) = actor
        && !matches!(actor.kind, ActorKind::State | ActorKind::Territory)
        && !feature
        // A seat of government where nobody acts is the town, whoever else is called by it.
        && (seat.is_none() || seats::acts(analysis, pack, &words, head))
    {
        return None;
    }
    // Beside mere towns a seat is one: "Ghazni, Herat and Kandahar".
    let acts = || {
        seats::acts(analysis, pack, &words, head)
            && (state.is_some()
                || !towns_listed(analysis, pack, head)
                    .any(|(name, _)| pack.world.senses(name).next().is_none()))
    };
    if (state.is_some() || seat.is_some()) && acts() {
        return None;
    }
    // "the Republic", "the North", "the House": no town bears an article of its own.
    let start = analysis.sentence(head).words.start;
    // "at The Hague": a capital inside the sentence makes the article part of the name.
    let article = analysis
        .children_in(head, "det")
        .any(|word| word < head && (word.0 == start || analysis.form(word) != "The"));
    let bare = article && !feature && state.is_none() && seat.is_none() && words.len() == 1;
    let lemma = analysis.word(head).lemma.to_lowercase();
    // "the Strait", "the Province": a kind of place, not the name of one.
    let placing = &pack.placing;
    let kind =
        [&placing.sites, &placing.divisions, &placing.settlements, &placing.waters, &placing.landmarks]
            .iter()
            .any(|list| list.contains(&lemma))
            || pack.titles.noun(&lemma).is_some();
    let of_land = name.is_some_and(|name| matches!(name.kind, NameKind::Polity | NameKind::Location));
    let own_article = bare && !kind && named && of_land && grammar::is_no_actor(analysis, pack, head);
    let short = bare && !own_article;
    if short && !(named && name.is_some_and(|name| name.kind == NameKind::Location)) {
        return None;
    }
    let placed = grammar::is_used_as_place(analysis, pack, &words, head);
    let site = name.is_some_and(|name| matches!(name.kind, NameKind::Location | NameKind::Facility));
    let likely = named && (placed || site || grammar::is_no_actor(analysis, pack, head));
    let known = pack.places.named(&text).next().is_some();
    let water = grammar::is_water(analysis, pack, &words, known);
    let divides = |noun: &WordId| {
        let noun = analysis.word(*noun);
        noun.feature("Number") != Some("Plur") && pack.placing.divisions.contains(&noun.lemma.to_lowercase())
    };
    let before = grammar::kind_before(analysis, pack, &words).filter(divides);
    let behind = grammar::kind_behind(analysis, pack, &words).filter(divides);
    let whole = |noun: &WordId| noun.0 == words.end;
    let region = before.or(behind).is_some();
    let division = behind.filter(whole).map(|noun| analysis.word(noun).lemma.to_lowercase());
    Some(Candidate {
        words,
        text,
        state,
        seat,
        named,
        placed,
        likely,
        water,
        short,
        article: own_article,
        region,
        division,
    })
}
