//! Codes a mention by the PLOVER scheme: the country and sector of whoever it speaks of, known to the packs or not.

use crate::{Analysis, EntityKind, MentionForm, NameKind, Upos, WordId};
use demarche_pack::Pack;
use demarche_pack::titles::NounKind;
use demarche_pack::world::{ActorKind, Codes, Period};

/// Sectors that a word in front makes more exact: "military spokesman" is MIL.
const GENERAL: &[&str] = &["GOV", "CVL", "MIL", "EDU", "UAF", "UNK", "LEG"];

/// Country and sector of whoever a word heads a mention of.
pub fn codes_at(analysis: &Analysis, pack: &Pack, head: WordId) -> Codes {
    let Some(mention) = analysis.mention_at(head).map(|id| analysis.mention(id)) else {
        return Codes::default();
    };
    let entity = mention.entity.map(|entity| analysis.entity(entity));
    let period = period(analysis);
    let known =
        entity.and_then(|entity| entity.actor.as_ref()).filter(|actor| pack.world.name_of(actor).is_some());
    if let Some(actor) = known {
        let mut codes = pack.world.codes(actor, period.as_ref());
        let state = pack.world.actor(actor).is_some_and(|it| it.kind == ActorKind::State);
        if state && mention.form == MentionForm::Metonym {
            codes.sector = Some("GOV".to_owned());
        }
        if state && mention.form == MentionForm::Nominal {
            codes.sector = described(analysis, pack, mention.head, &mention.words).sector;
        }
        if codes.sector.is_none() && pack.world.person(actor).is_some() {
            codes.sector = described(analysis, pack, mention.head, &mention.words).sector;
        }
        return codes;
    }
    let mut codes = described(analysis, pack, mention.head, &mention.words);
    if let Some(entity) = entity.filter(|_| codes.sector.is_none()) {
        // What the text says of somebody elsewhere.
        let further = entity.mentions.iter().map(|id| analysis.mention(*id)).find_map(|mention| {
            let found = described(analysis, pack, mention.head, &mention.words);
            found.sector.is_some().then_some(found)
        });
        if let Some(further) = further {
            codes.country = codes.country.or(further.country);
            codes.sector = further.sector;
        }
        if entity.kind == EntityKind::Place {
            codes.country = codes.country.or_else(|| pack.places.country_of(&entity.name).map(str::to_owned));
        }
    }
    codes
}

/// Codes from the words of a phrase: the sector of its noun, the country of what it belongs to.
fn described(analysis: &Analysis, pack: &Pack, head: WordId, words: &std::ops::Range<u32>) -> Codes {
    let noun = noun(analysis, pack, head)
        .or_else(|| analysis.ids(words).find_map(|word| noun(analysis, pack, word)));
    let mut codes = Codes { country: None, sector: noun.as_ref().and_then(|(sector, _)| sector.clone()) };
    let front = words.start..head.0.max(words.start);
    let lower = |word: WordId| analysis.form(word).to_lowercase();
    let former = analysis
        .ids(&front)
        .any(|word| matches!(lower(word).as_str(), "former" | "ex" | "ousted" | "deposed"));
    if former && codes.sector.as_deref().is_some_and(|it| matches!(it, "GOV" | "LEG" | "MIL")) {
        codes.sector = Some("ELI".to_owned());
    } else if codes.sector.is_none() || codes.sector.as_deref().is_some_and(|it| GENERAL.contains(&it)) {
        let official = analysis
            .ids(&front)
            .any(|word| matches!(lower(word).as_str(), "minister" | "secretary" | "ministry"))
            || matches!(
                lower(head).as_str(),
                "minister" | "ministry" | "secretary" | "department" | "ministers"
            );
        let modifier = analysis.ids(&front).find_map(|word| {
            pack.titles
                .modifier(&lower(word))
                .or_else(|| pack.titles.modifier(&analysis.word(word).lemma.to_lowercase()))
        });
        let person_or_body = noun.is_some() || analysis.word(head).upos == Upos::Noun;
        if let Some(modifier) = modifier.filter(|_| !official && person_or_body) {
            codes.sector = Some(modifier.to_owned());
        }
    }
    let nested = analysis
        .mentions_from(words)
        .map(|(_, mention)| mention)
        .filter(|mention| mention.words.end <= words.end && mention.words != *words);
    for mention in nested {
        let actor = mention.entity.and_then(|entity| analysis.entity(entity).actor.as_ref());
        let Some(actor) = actor.filter(|actor| pack.world.actor(actor).is_some()) else { continue };
        let owner = pack.world.codes(actor, None);
        codes.country = codes.country.or(owner.country);
        let organ = pack.world.actor(actor).is_some_and(|it| it.kind != ActorKind::State);
        // "the president of the assembly", "the head of the court" belong where that does.
        let seated = codes.sector.as_deref() == Some("GOV")
            && matches!(owner.sector.as_deref(), Some("LEG" | "JUD" | "MIL"));
        let open = codes.sector.as_deref().is_none_or(|it| matches!(it, "CVL" | "UAF" | "UNK"));
        if organ && owner.sector.is_some() && (open || seated) {
            codes.sector = owner.sector;
        }
    }
    if codes.country.is_none() {
        // The words of a personal name say nothing of a country: "Valencia" may be a surname.
        let personal = |word: WordId| {
            let name = analysis.name_over(&(word.0..word.0 + 1));
            name.is_some_and(|name| name.kind == NameKind::Person)
        };
        codes.country = analysis.ids(words).filter(|word| !personal(*word)).find_map(|word| {
            let proper = analysis.word(word).upos == Upos::Propn
                || analysis.form(word).starts_with(char::is_uppercase);
            let sense =
                pack.world.senses(analysis.form(word)).find(|sense| pack.world.actor(&sense.actor).is_some());
            let country = sense.and_then(|sense| pack.world.codes(&sense.actor, None).country);
            proper
                .then(|| country.or_else(|| pack.places.country_of(analysis.form(word)).map(str::to_owned)))?
        });
    }
    codes
}

/// Sector and kind of a person or body noun.
fn noun(analysis: &Analysis, pack: &Pack, word: WordId) -> Option<(Option<String>, NounKind)> {
    let lemma = analysis.word(word).lemma.to_lowercase();
    let form = analysis.form(word).to_lowercase();
    let before = word.0.checked_sub(1).map(|before| analysis.form(WordId(before)).to_lowercase());
    let two = before.map(|before| format!("{before} {lemma}"));
    let singular = form.strip_suffix('s').unwrap_or(&form);
    [two.as_deref().unwrap_or(""), &form, &lemma, singular]
        .into_iter()
        .find_map(|it| pack.titles.noun(it))
        .map(|noun| (noun.sector.clone(), noun.kind))
}

fn period(analysis: &Analysis) -> Option<Period> {
    let bounds = analysis.document.published.edtf.as_ref()?.bounds()?;
    let (from, to) = (bounds.first.or(bounds.last)?, bounds.last.or(bounds.first)?);
    Some(Period { from: from.to_string(), to: to.to_string() })
}
