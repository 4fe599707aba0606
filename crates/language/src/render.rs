//! Shows an analysis to people and programs: CoNLL-U, JSON, trees drawn with indentation.

use crate::{Analysis, NameKind, Sentence, WordId, shares_token};
use serde_json::{Value, json};
use std::fmt::Write;

/// How an analysis is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// CoNLL-U, with names, mentions and spans in the last column.
    Conllu,
    /// One JSON object.
    Json,
    /// Trees drawn with indentation.
    Tree,
}

/// Short name of a kind of name, as the last column of CoNLL-U has it.
pub fn name_tag(kind: NameKind) -> &'static str {
    match kind {
        NameKind::Person => "PER",
        NameKind::Organisation => "ORG",
        NameKind::Party => "PARTY",
        NameKind::Location => "LOC",
        NameKind::Polity => "GPE",
        NameKind::Nationality => "NORP",
        NameKind::Facility => "FAC",
        NameKind::Event => "EVENT",
        NameKind::Document => "DOC",
        NameKind::Weapon => "WEAPON",
        NameKind::Other => "MISC",
    }
}

/// Writes an analysis.
pub fn render(analysis: &Analysis, format: Format) -> String {
    match format {
        Format::Conllu => conllu(analysis),
        Format::Json => format!("{:#}\n", json(analysis)),
        Format::Tree => tree(analysis),
    }
}

/// Tag of the name each word stands in: `B-PER`, `I-PER`.
fn name_tags(analysis: &Analysis) -> Vec<Option<String>> {
    let mut tags = vec![None; analysis.words.len()];
    for name in &analysis.names {
        for word in name.words.clone() {
            let part = if word == name.words.start { "B" } else { "I" };
            tags[word as usize] = Some(format!("{part}-{}", name_tag(name.kind)));
        }
    }
    tags
}

/// Number, from 1, of a word in its sentence; 0 for no word.
fn number(sentence: &Sentence, word: Option<WordId>) -> u32 {
    word.map_or(0, |word| word.0 - sentence.words.start + 1)
}

fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn conllu(analysis: &Analysis) -> String {
    let tags = name_tags(analysis);
    let mut out = String::new();
    let mut paragraph = None;
    for (at, sentence) in analysis.sentences.iter().enumerate() {
        if at == 0 {
            let _ = writeln!(out, "# newdoc id = {}", analysis.document.file);
        }
        if paragraph != Some(sentence.paragraph) {
            paragraph = Some(sentence.paragraph);
            out.push_str("# newpar\n");
        }
        let _ = writeln!(out, "# sent_id = {}\n# block = {}", at + 1, sentence.block.as_str());
        let _ = writeln!(out, "# text = {}", one_line(analysis.text(sentence.span)));
        let mut shared_until = sentence.words.start;
        for word in analysis.ids(&sentence.words) {
            let here = analysis.word(word);
            let own = number(sentence, Some(word));
            let end = token_end(analysis, sentence, word);
            if word.0 >= shared_until && end > word.0 + 1 {
                shared_until = end;
                let last = analysis.word(WordId(end - 1));
                let token = analysis.text(here.span.cover(last.span));
                let misc = if last.space_after { "_" } else { "SpaceAfter=No" };
                let _ =
                    writeln!(out, "{own}-{}\t{token}\t_\t_\t_\t_\t_\t_\t_\t{misc}", own + end - word.0 - 1);
            }
            let mut misc: Vec<String> = tags[word.0 as usize].iter().map(|tag| format!("NE={tag}")).collect();
            misc.push(format!("Bytes={}:{}", here.span.start(), here.span.end()));
            if !here.space_after && word.0 >= shared_until {
                misc.push("SpaceAfter=No".to_owned());
            }
            let feats = if here.feats.is_empty() { "_" } else { &here.feats };
            let _ = writeln!(
                out,
                "{own}\t{}\t{}\t{}\t_\t{feats}\t{}\t{}\t_\t{}",
                analysis.form(word),
                here.lemma,
                here.upos.as_str(),
                number(sentence, here.head),
                here.deprel,
                misc.join("|")
            );
        }
        out.push('\n');
    }
    out
}

/// One past the last word of the surface token that begins with this word.
fn token_end(analysis: &Analysis, sentence: &Sentence, word: WordId) -> u32 {
    let mut end = word.0 + 1;
    while end < sentence.words.end {
        let (before, next) = (WordId(end - 1), WordId(end));
        let touch = analysis.word(before).span.end() == analysis.word(next).span.start();
        if !touch || !shares_token(analysis.form(before), analysis.form(next)) {
            break;
        }
        end += 1;
    }
    end
}

fn json(analysis: &Analysis) -> Value {
    let span = |span: demarche_text::Span| json!({ "text": analysis.text(span), "start_byte": span.start(), "end_byte": span.end() });
    let sentence = |sentence: &Sentence| {
        let words: Vec<Value> = analysis
            .ids(&sentence.words)
            .map(|id| {
                let word = analysis.word(id);
                json!({
                    "id": number(sentence, Some(id)), "form": analysis.form(id), "lemma": word.lemma,
                    "upos": word.upos.as_str(), "feats": word.feats, "head": number(sentence, word.head),
                    "deprel": word.deprel.as_str(), "start_byte": word.span.start(), "end_byte": word.span.end(),
                })
            })
            .collect();
        json!({
            "text": analysis.text(sentence.span), "start_byte": sentence.span.start(), "end_byte": sentence.span.end(),
            "block": sentence.block.as_str(), "paragraph": sentence.paragraph, "words": words,
        })
    };
    let cover = |words: &std::ops::Range<u32>| {
        let (first, last) = (WordId(words.start), WordId(words.end - 1));
        span(analysis.word(first).span.cover(analysis.word(last).span))
    };
    let names: Vec<Value> = analysis
        .names
        .iter()
        .map(|name| json!({ "span": cover(&name.words), "kind": name_tag(name.kind) }))
        .collect();
    let mentions: Vec<Value> = analysis
        .mentions
        .iter()
        .map(|it| json!({ "span": span(it.span), "form": format!("{:?}", it.form).to_lowercase(), "entity": it.entity.map(|id| id.0) }))
        .collect();
    let entities: Vec<Value> = analysis
        .entities
        .iter()
        .map(|it| {
            json!({
                "name": it.name, "kind": format!("{:?}", it.kind).to_lowercase(),
                "actor": it.actor.as_ref().map(|id| id.0.clone()), "plural": it.plural,
                "members": it.members.iter().map(|id| id.0).collect::<Vec<_>>(),
            })
        })
        .collect();
    let places: Vec<Value> = analysis
        .places
        .iter()
        .map(|it| {
            json!({
                "text": it.words.text, "start_byte": it.words.start_byte, "end_byte": it.words.end_byte,
                "place": it.name, "country": it.country, "lat": it.position.map(|at| at.0),
                "lon": it.position.map(|at| at.1),
            })
        })
        .collect();
    let notices: Vec<Value> =
        analysis.notices.iter().map(|it| json!({ "code": it.code, "message": it.message })).collect();
    json!({
        "file": analysis.document.file,
        "sentences": analysis.sentences.iter().map(sentence).collect::<Vec<_>>(),
        "names": names, "mentions": mentions, "entities": entities, "places": places,
        "notices": notices,
    })
}

fn tree(analysis: &Analysis) -> String {
    let tags = name_tags(analysis);
    let mut out = String::new();
    for sentence in &analysis.sentences {
        let _ = writeln!(out, "{}", one_line(analysis.text(sentence.span)));
        let roots = analysis.ids(&sentence.words).filter(|word| analysis.word(*word).head.is_none());
        // Depth first without recursion: trees of long sentences may be deep.
        let mut open: Vec<(WordId, usize)> = roots.map(|root| (root, 1)).collect();
        while let Some((word, depth)) = open.pop() {
            let here = analysis.word(word);
            let name = tags[word.0 as usize].as_deref().unwrap_or_default();
            let line = format!(
                "{:width$}{} {} [{} {}] {name}",
                "",
                here.deprel,
                analysis.form(word),
                here.upos.as_str(),
                here.lemma,
                width = 2 * depth
            );
            let _ = writeln!(out, "{}", line.trim_end());
            open.extend(analysis.children(word).iter().rev().map(|child| (*child, depth + 1)));
        }
        out.push('\n');
    }
    out
}
