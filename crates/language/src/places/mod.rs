//! Finds places on the map: names used as places, told apart by the countries and places around them.

use crate::mentions::seats;
use crate::{Analysis, EntityKind, MentionForm, NameKind, Upos, WordId};
use demarche_pack::Pack;
use demarche_pack::places::Site;
use demarche_pack::world::{ActorKind, SenseKind, fold};
use demarche_record::{Place, Precision, Words};
use std::collections::BTreeMap;
use std::ops::Range;

/// Longest place name, in words.
const LONGEST: usize = 7;
/// A town may be this many degrees from the places around it to be preferred over a larger one far away.
const NEAR: f64 = 12.0;

/// All places that a document names as places, in text order. What is not decided keeps its words only.
pub fn find_places(analysis: &Analysis, pack: &Pack) -> Vec<Place> {
    let candidates = candidates(analysis, pack);
    let context = Context::of(analysis, pack, &candidates);
    let mut memory: BTreeMap<String, Option<Site>> = BTreeMap::new();
    let mut found = Vec::new();
    for candidate in &candidates {
        let key = fold(&candidate.text);
        let site = match memory.get(&key) {
            Some(known) => known.clone(),
            None => {
                let chosen = choose(analysis, pack, candidate, &context);
                memory.insert(key, chosen.clone());
                chosen
            }
        };
        let words = Words::at(&analysis.document.text, span(analysis, &candidate.words));
        found.push(match site {
            Some(site) => Place {
                words,
                name: Some(site.name),
                country: site.country,
                position: Some(site.position),
                precision: Some(site.precision),
            },
            None => Place { words, name: None, country: None, position: None, precision: None },
        });
    }
    found
}

/// A name that stands as a place.
struct Candidate {
    words: Range<u32>,
    text: String,
    /// Code of the state it names.
    state: Option<String>,
    /// The country whose seat it is.
    seat: Option<String>,
}

fn span(analysis: &Analysis, words: &Range<u32>) -> demarche_text::Span {
    analysis.word(WordId(words.start)).span.cover(analysis.word(WordId(words.end - 1)).span)
}

fn candidates(analysis: &Analysis, pack: &Pack) -> Vec<Candidate> {
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
                // The gazetteer's own longer or equal name stays.
                Some(held) if ranges[held].0.len() >= words.len() => {}
                Some(held) if pack.places.named(analysis.text(span(analysis, &words))).next().is_some() => {
                    ranges[held] = (words, true);
                }
                Some(_) => {}
                None => ranges.push((words, true)),
            }
        }
    }
    ranges.sort_by_key(|(words, _)| words.start);
    let mut found = Vec::new();
    for (words, tagged) in ranges {
        found.extend(candidate(analysis, pack, words, tagged));
    }
    // "PARIS, Jan. 28 (Meridian) - …" names an agency, whatever town is called like it.
    let credited = |text: &str| analysis.document.text.as_str().contains(&format!("({text})"));
    found.retain(|candidate| candidate.state.is_some() || !credited(&candidate.text));
    found
}

/// The longest name of the gazetteer from a word on.
fn longest(analysis: &Analysis, pack: &Pack, start: u32, end: u32) -> Option<u32> {
    let first = WordId(start);
    let form = analysis.form(first);
    if matches!(form, "the" | "The" | "THE") || !form.starts_with(char::is_uppercase) {
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

/// A range as a candidate, if the text uses it as a place.
fn candidate(analysis: &Analysis, pack: &Pack, words: Range<u32>, tagged: bool) -> Option<Candidate> {
    let text = analysis.text(span(analysis, &words)).split_whitespace().collect::<Vec<_>>().join(" ");
    let place = span(analysis, &words);
    if analysis.is_in_time(place) {
        return None;
    }
    let head = analysis
        .ids(&words)
        .find(|word| analysis.word(*word).head.is_none_or(|head| !words.contains(&head.0)))?;
    // Part of a longer name of somebody or something else: "New York Times", "Paris Saint-Germain".
    let at = analysis.names.partition_point(|name| name.words.end <= words.start);
    let name = analysis.names.get(at).filter(|name| name.words.start < words.end);
    let outer = name.filter(|name| {
        name.words.len() > words.len()
            || !matches!(name.kind, NameKind::Polity | NameKind::Location | NameKind::Facility)
    });
    let feature = pack.places.named(&text).next().is_some_and(|site| site.feature);
    let dateline = seats::is_dateline(analysis, &words);
    if let Some(outer) = outer {
        let person = outer.kind == NameKind::Person;
        let people = outer.kind == NameKind::Nationality;
        // "Kargil heights", "the Adre crossing" lie where Kargil and Adre do.
        let rest = words.end..outer.words.end;
        let part = matches!(outer.kind, NameKind::Location | NameKind::Facility | NameKind::Event)
            && !rest.is_empty()
            && analysis.ids(&rest).all(|word| analysis.form(word).starts_with(char::is_lowercase));
        if person && !feature && !dateline || people || outer.words.len() > words.len() && !feature && !part {
            return None;
        }
    }
    let proper = analysis.ids(&words).any(|word| analysis.word(word).upos == Upos::Propn);
    // "took Lashio", "at The Hague": a town that no name covers counts where the words around it ask for a place.
    let asked = proper
        && name.is_none()
        && (seats::is_located(analysis, pack, &words, head) || is_taken(analysis, head));
    let tagged = tagged || dateline || asked;
    // A feature of one word counts as a name, not as a word at the start of a sentence.
    if !(tagged || feature && (proper || words.len() > 1) || proper && name.is_some()) {
        return None;
    }
    let sentence = &analysis.sentence(head).words;
    let mut near = analysis.mentions_from(sentence).map(|(_, mention)| mention);
    let mention = near.clone().find(|mention| {
        mention.form != MentionForm::Pronoun && mention.words.contains(&words.start) && mention.head == head
    });
    let entity = mention.and_then(|mention| mention.entity).map(|entity| analysis.entity(entity));
    let senses: Vec<_> = pack.world.senses(&text).collect();
    let inside = near.any(|mention| {
        mention.form == MentionForm::Name
            && mention.words.start <= words.start
            && words.end <= mention.words.end
            && mention.words.len() > words.len() + 1
            && !words.contains(&mention.head.0)
            // "received the envoy in Belgrade": the tree may hang the place on the name before it.
            && !seats::is_located(analysis, pack, &words, head)
            && mention.entity.is_some_and(|entity| analysis.entity(entity).kind != EntityKind::Place)
    });
    if inside && !feature {
        return None;
    }
    if entity.is_some_and(|entity| entity.kind == EntityKind::Person) && !dateline {
        return None;
    }
    let state = senses
        .iter()
        .find(|sense| sense.kind == SenseKind::Name)
        .and_then(|sense| pack.world.actor(&sense.actor));
    let state =
        state.filter(|actor| matches!(actor.kind, ActorKind::State)).and_then(|actor| actor.country.clone());
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
    if (state.is_some() || seat.is_some()) && seats::acts(analysis, pack, &words, head) {
        return None;
    }
    // "the Republic", "the North", "the House": no town bears an article of its own.
    let start = analysis.sentence(head).words.start;
    // "at The Hague": a capital inside the sentence makes the article part of the name.
    let article = analysis
        .children_in(head, "det")
        .any(|word| word < head && (word.0 == start || analysis.form(word) != "The"));
    if article && !feature && state.is_none() && seat.is_none() && words.len() == 1 {
        return None;
    }
    Some(Candidate { words, text, state, seat })
}

/// True for the object of a verb that takes, leaves or shells places, and for where somebody goes or comes from.
fn is_taken(analysis: &Analysis, head: WordId) -> bool {
    const TAKING: [&str; 22] = [
        "take",
        "seize",
        "capture",
        "recapture",
        "retake",
        "shell",
        "bomb",
        "bombard",
        "besiege",
        "enter",
        "reach",
        "storm",
        "overrun",
        "liberate",
        "evacuate",
        "encircle",
        "raid",
        "occupy",
        "pound",
        "leave",
        "hold",
        "quit",
    ];
    const GOING: [&str; 12] = [
        "fly", "go", "come", "withdraw", "send", "move", "arrive", "return", "travel", "head", "retreat",
        "flee",
    ];
    let word = analysis.word(head);
    let Some(verb) = word.head.map(|verb| analysis.word(verb)).filter(|verb| verb.upos == Upos::Verb) else {
        return false;
    };
    let moved =
        analysis.children_in(head, "case").any(|case| matches!(analysis.form(case), "from" | "to" | "for"));
    let object = word.relation() == "obj" || word.deprel == "nsubj:pass";
    object && TAKING.contains(&verb.lemma.as_str())
        || word.relation() == "obl" && moved && GOING.contains(&verb.lemma.as_str())
}

/// What is known of the area a document is about.
#[derive(Default)]
struct Context {
    /// Weight of each country.
    countries: BTreeMap<String, usize>,
    /// Places that have one meaning.
    fixed: Vec<(f64, f64)>,
    /// How often a folded name of one meaning weighs for its country.
    own: BTreeMap<String, usize>,
}

impl Context {
    fn of(analysis: &Analysis, pack: &Pack, candidates: &[Candidate]) -> Self {
        let mut context = Self::default();
        for mention in &analysis.mentions {
            let actor = mention.entity.and_then(|entity| analysis.entity(entity).actor.as_ref());
            let Some(actor) = actor else { continue };
            let country = match pack.world.person(actor) {
                Some(person) => person.country.clone(),
                None => pack
                    .world
                    .chain(actor)
                    .find_map(|at| pack.world.actor(at).and_then(|it| it.country.clone())),
            };
            if let Some(country) = country {
                *context.countries.entry(country).or_default() += 1;
            }
        }
        for candidate in candidates {
            let mut sites = pack.places.named(&candidate.text).filter(|site| !site.wide);
            if let (Some(only), None) = (sites.next(), sites.next())
                && only.precision != Precision::Country
            {
                context.fixed.push(only.position);
                if let Some(country) = &only.country {
                    *context.countries.entry(country.clone()).or_default() += 1;
                }
                *context.own.entry(fold(&candidate.text)).or_default() += 1;
            }
        }
        context
    }
}

/// The one place that a name means here.
fn choose(analysis: &Analysis, pack: &Pack, candidate: &Candidate, context: &Context) -> Option<Site> {
    if let Some(code) = &candidate.state {
        // Georgia between Alabama and Florida is no state of the packs.
        let home = context.countries.get(code).copied().unwrap_or(0) > 0;
        let region = pack
            .places
            .named(&candidate.text)
            .find(|site| site.precision == Precision::Region && !site.feature);
        let other = region.filter(|site| {
            let theirs = site.country.as_ref().and_then(|it| context.countries.get(it)).copied().unwrap_or(0);
            theirs > 0 && context.countries.get(code).copied().unwrap_or(0) <= 1 && theirs > 2
        });
        if other.is_none() || home && other.is_none() {
            return pack.places.country(code).cloned();
        }
        return other.cloned();
    }
    let stated = stated_country(analysis, pack, candidate);
    if let Some(code) = candidate.seat.as_ref().filter(|code| stated.as_ref().is_none_or(|it| it == *code)) {
        let seat = pack.places.named(&candidate.text).filter(|site| site.country.as_ref() == Some(code));
        if let Some(seat) = seat.max_by_key(|site| site.people) {
            return Some(seat.clone());
        }
    }
    let total: usize = context.countries.values().sum();
    let mut scored: Vec<(i64, &Site)> = pack
        .places
        .named(&candidate.text)
        .map(|site| {
            let own = site.country.as_ref().and_then(|it| context.countries.get(it)).copied().unwrap_or(0);
            // Two countries of one story weigh nearly the same: then the larger town is meant.
            let mut score = (100 * own / total.max(1)).min(20) as i64 + if own > 0 { 40 } else { 0 };
            score += (f64::from(site.people.max(1)).ln() * 7.0) as i64;
            score += match (site.feature, site.precision) {
                (true, _) => 130,
                (_, Precision::Country) => 60,
                (_, Precision::Region) => 25,
                _ => 0,
            };
            if fold(&site.name) == fold(&candidate.text) {
                score += 20;
            }
            let near = context.fixed.iter().any(|fixed| {
                *fixed != site.position && (fixed.0 - site.position.0).hypot(fixed.1 - site.position.1) < NEAR
            });
            score += if near { 20 } else { 0 };
            if stated.is_some() && site.country == stated {
                score += 200;
            }
            (score, site)
        })
        .collect();
    scored.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    let (best, first) = *scored.first()?;
    if stated != first.country && is_namesake(first, candidate, context) {
        return None;
    }
    // Small towns of countries the text does not speak of are mere namesakes.
    if best < 40 {
        return None;
    }
    let rival = scored.iter().skip(1).find(|(_, site)| site.country != first.country);
    (rival.is_none_or(|(score, _)| best - score >= 8)).then(|| first.clone())
}

/// True for a town far from everything the text speaks of that is small, or that is only spelt like the name.
fn is_namesake(site: &Site, candidate: &Candidate, context: &Context) -> bool {
    let weight = |code: &String| context.countries.get(code).copied().unwrap_or(0);
    let itself = context.own.get(&fold(&candidate.text)).copied().unwrap_or(0);
    let own = site.country.as_ref().map_or(0, weight).saturating_sub(itself);
    let others: usize = context
        .countries
        .iter()
        .filter(|(code, _)| Some(*code) != site.country.as_ref())
        .map(|it| it.1)
        .sum();
    let near = context.fixed.iter().any(|fixed| {
        *fixed != site.position && (fixed.0 - site.position.0).hypot(fixed.1 - site.position.1) < NEAR
    });
    let unlike = fold(&site.name) != fold(&candidate.text);
    !site.feature
        && !site.wide
        && site.precision != Precision::Country
        && own == 0
        && !near
        && others >= 2
        && (unlike || site.people < 60)
}

/// The country named right behind or above: "Tripoli, Lebanon", "the Syrian city of Homs".
fn stated_country(analysis: &Analysis, pack: &Pack, candidate: &Candidate) -> Option<String> {
    let country = |text: &str| {
        pack.world.senses(text).find_map(|sense| {
            let actor = pack.world.actor(&sense.actor).filter(|actor| actor.kind == ActorKind::State)?;
            actor.country.clone().filter(|_| sense.kind != SenseKind::Metonym)
        })
    };
    let sentence = analysis.sentence(WordId(candidate.words.start)).words.end;
    let comma = candidate.words.end;
    if comma + 1 < sentence && analysis.form(WordId(comma)) == "," {
        for stop in (comma + 2..=(comma + 4).min(sentence)).rev() {
            if let Some(found) = country(analysis.text(span(analysis, &(comma + 1..stop)))) {
                return Some(found);
            }
        }
    }
    let head = analysis
        .ids(&candidate.words)
        .find(|word| analysis.word(*word).head.is_none_or(|head| !candidate.words.contains(&head.0)))?;
    let above = analysis
        .word(head)
        .head
        .filter(|_| matches!(analysis.word(head).relation(), "nmod" | "appos" | "compound"));
    above.into_iter().chain([head]).find_map(|word| {
        analysis
            .children(word)
            .iter()
            .filter(|child| **child != head && !candidate.words.contains(&child.0))
            .find_map(|child| {
                matches!(analysis.word(*child).relation(), "amod" | "compound" | "nmod")
                    .then(|| country(analysis.form(*child)))?
            })
    })
}
