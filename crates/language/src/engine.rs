//! Runs the stages of reading over one document, in order.

use crate::kit::Kit;
use crate::segment::Cut;
use crate::{Analysis, Name, Relation, Sentence, Upos, Word, mentions, names, parse, places, quotes, times};
use demarche_model::{Row, Scores};
use demarche_record::{Block, BlockKind, Document, Notice};
use demarche_text::Span;
use std::ops::Range;
use std::sync::Arc;

/// Longest text that is read, in bytes: about 200,000 words, half a minute of work.
pub const MAX_BYTES: usize = 1 << 20;
/// Shortest text whose language is guessed, in letters.
const ENOUGH_LETTERS: usize = 120;

/// Reads a document: sentences, words, trees, names and everything built on them. Never fails; what could not be done
/// is a notice.
pub fn analyse(document: Arc<Document>, kit: &Kit) -> Analysis {
    let mut analysis = empty(document);
    if let Some(notice) = other_language(&analysis.document) {
        analysis.notices.push(notice);
        return analysis;
    }
    let rows = segment(&mut analysis, kit);
    parse_rows(&mut analysis, kit, &rows);
    analysis.index();
    names::settle(&mut analysis, &kit.pack);
    let (found, notices) = times::read_times(&analysis, &kit.pack);
    analysis.times = found;
    analysis.notices.extend(notices);
    mentions::find_mentions(&mut analysis, &kit.pack);
    analysis.places = places::find_places(&analysis, &kit.pack);
    analysis
}

/// Reads a document whose sentences and words are known, as byte ranges: for scoring against gold words.
pub fn analyse_cut(document: Arc<Document>, kit: &Kit, sentences: Vec<Vec<(u32, u32)>>) -> Analysis {
    let mut analysis = empty(document);
    let mut rows = Vec::new();
    for words in sentences {
        let cut = Cut { words, forced: false };
        sentence(&mut analysis, kit, BlockKind::Body, 0, &cut, &mut rows);
    }
    parse_rows(&mut analysis, kit, &rows);
    analysis.index();
    names::settle(&mut analysis, &kit.pack);
    analysis
}

fn empty(document: Arc<Document>) -> Analysis {
    let quoted = quotes::pair_marks(&document);
    Analysis { quoted, ..unread(document) }
}

/// The analysis of a document of which nothing was read.
pub fn unread(document: Arc<Document>) -> Analysis {
    Analysis {
        document,
        sentences: Vec::new(),
        words: Vec::new(),
        sentence_of: Vec::new(),
        reach: Vec::new(),
        children: Vec::new(),
        names: Vec::new(),
        mentions: Vec::new(),
        entities: Vec::new(),
        times: Vec::new(),
        places: Vec::new(),
        quoted: Vec::new(),
        notices: Vec::new(),
    }
}

/// A row of the network and the sentence it is.
type SentenceRow = (usize, Row);

fn other_language(document: &Document) -> Option<Notice> {
    let code = match &document.language {
        Some(code) => code.clone(),
        None => guess(document.text.as_str())?,
    };
    (code != "en").then(|| Notice {
        code: "not-english".to_owned(),
        message: format!(
            "the text is in another language ({code}); only English is read, so it has no records"
        ),
        span: None,
    })
}

/// The language of a text, if that is beyond doubt and not English.
fn guess(text: &str) -> Option<String> {
    let start: String = text.chars().take(4_000).collect();
    let letters = start.chars().filter(|c| c.is_alphabetic()).count();
    if letters < ENOUGH_LETTERS {
        return None;
    }
    // Latin letters end at U+024F.
    let latin = start.chars().filter(|c| c.is_alphabetic() && *c <= '\u{24f}').count();
    if latin * 2 < letters {
        return Some(
            whatlang::detect(&start).map_or("another script", |found| found.lang().eng_name()).to_owned(),
        );
    }
    let found = whatlang::detect(&start).filter(whatlang::Info::is_reliable)?;
    (found.lang() != whatlang::Lang::Eng).then(|| found.lang().eng_name().to_owned())
}

/// Finds sentences and words, block by block.
fn segment(analysis: &mut Analysis, kit: &Kit) -> Vec<SentenceRow> {
    let document = analysis.document.clone();
    let text = &document.text;
    let whole = [Block { kind: BlockKind::Body, span: text.whole() }];
    let blocks = if document.blocks.is_empty() { &whole[..] } else { &document.blocks };
    let (mut rows, mut forced) = (Vec::new(), None);
    for (paragraph, block) in blocks.iter().enumerate() {
        let end = text.as_str().floor_char_boundary(block.span.end().min(MAX_BYTES));
        if block.span.start() >= end {
            continue;
        }
        let cuts = kit.splitter.split(text.as_str(), block.span.start(), end, &kit.pack.abbreviations);
        for cut in cuts {
            if cut.forced && forced.is_none() {
                forced = cut.words.first().and_then(|word| text.span(word.0 as usize, word.1 as usize));
            }
            sentence(analysis, kit, block.kind, paragraph as u32, &cut, &mut rows);
        }
    }
    analysis.notices.extend(notices(text.as_str().len(), forced));
    rows
}

fn notices(length: usize, forced: Option<Span>) -> Vec<Notice> {
    let mut found = Vec::new();
    if length > MAX_BYTES {
        found.push(Notice {
            code: "text-too-long".to_owned(),
            message: format!("only the first {MAX_BYTES} of {length} bytes are read; split the file"),
            span: None,
        });
    }
    if forced.is_some() {
        found.push(Notice {
            code: "endless-sentence".to_owned(),
            message: "a stretch without a sentence end was cut into pieces; trees there are less reliable"
                .to_owned(),
            span: forced,
        });
    }
    found
}

/// Adds a sentence, or several if it is too long for the network.
fn sentence(
    analysis: &mut Analysis,
    kit: &Kit,
    block: BlockKind,
    paragraph: u32,
    cut: &Cut,
    rows: &mut Vec<SentenceRow>,
) {
    let document = analysis.document.clone();
    let (text, all) = (&document.text, document.text.as_str());
    let forms = cut.words.iter().map(|(start, end)| &all[*start as usize..*end as usize]);
    let mut words = cut.words.iter();
    for row in kit.model.rows(forms) {
        let first = analysis.words.len();
        for (start, end) in words.by_ref().take(row.words.len()) {
            let Some(span) = text.span(*start as usize, *end as usize) else { continue };
            analysis.words.push(Word {
                span,
                lemma: String::new(),
                upos: Upos::X,
                feats: String::new(),
                head: None,
                deprel: Relation::default(),
                space_after: all[span.end()..].chars().next().is_none_or(char::is_whitespace),
            });
        }
        let range = first as u32..analysis.words.len() as u32;
        let span = analysis.words[first].span.cover(analysis.words[analysis.words.len() - 1].span);
        if block != BlockKind::Navigation {
            rows.push((analysis.sentences.len(), row));
        }
        analysis.sentences.push(Sentence { span, words: range, block, paragraph });
    }
}

/// Runs the network and decodes what it says.
fn parse_rows(analysis: &mut Analysis, kit: &Kit, rows: &[SentenceRow]) {
    let document = analysis.document.clone();
    let text = &document.text;
    let mut parsed = vec![false; analysis.sentences.len()];
    // Scores are large: they are made and used up in portions.
    for portion in rows.chunks(64) {
        let inputs: Vec<Row> = portion.iter().map(|(_, row)| row.clone()).collect();
        let found: Vec<Scores> = match kit.model.run(&inputs) {
            Ok(found) => found,
            Err(fault) => {
                let span = Some(analysis.sentences[portion[0].0].span);
                analysis.notices.push(Notice {
                    code: "not-parsed".to_owned(),
                    message: fault.to_string(),
                    span,
                });
                continue;
            }
        };
        for ((at, _), scores) in portion.iter().zip(&found) {
            let Range { start, end } = analysis.sentences[*at].words.clone();
            let words = &mut analysis.words[start as usize..end as usize];
            parse::decode(kit, scores, text, start as usize, words);
            let cuts = parse::mend(&kit.pack, text, start as usize, words);
            parsed[*at] = true;
            for (words, tag) in parse::row_names(&kit.model, scores, start as usize) {
                let tag = kit.model.labels().names[tag].trim_start_matches("B-");
                analysis.names.push(Name { words, kind: names::kind_of_tag(tag) });
            }
            parse::cut(&mut analysis.names, &cuts);
        }
    }
    for (sentence, _) in analysis.sentences.iter().zip(&parsed).filter(|(_, parsed)| !**parsed) {
        let Range { start, end } = sentence.words.clone();
        parse::flat(text, start as usize, &mut analysis.words[start as usize..end as usize]);
    }
}
