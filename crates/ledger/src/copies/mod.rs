//! Finds documents with common text and tells copy, revision, rolling update, abridgement and excerpt apart from a
//! quoted statement that two independent texts share.
//!
//! Candidates come from two indexes over word 3-grams: a sample of the shingles (finds a part of one text in another,
//! however long that is) and MinHash bands (find edited versions of short texts). Every candidate is checked exactly.
//! Nothing is deleted: the links say what was found.

mod align;
mod shingle;

use crate::held::sorted;
use crate::id_of;
use crate::keyed::Keyed;
use align::{Common, common, inside, quoted};
use demarche_record::{CopyGroup, CopyKind, CopyLink, Document, DocumentId, Genre};
use shingle::{Probe, Shingles, Sketch};
use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Copies among some documents.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Found {
    /// Every document stands in exactly one group.
    pub groups: Vec<CopyGroup>,
    /// Pairs that share only a quoted statement.
    pub shared: Vec<CopyLink>,
}

/// Postings kept for one key: the first documents that had it. More would make ten thousand copies of one text
/// quadratic; later copies still meet one of the first.
const POSTINGS: usize = 24;
/// Candidates checked for one document.
const CANDIDATES: usize = 48;
/// Texts of fewer shingles are notes of one or two sentences.
const SHORT: usize = 50;
/// Words of a stretch that makes a link however small a share of either text it is.
const STRETCH: usize = 60;
/// Least number of common words for a link.
const LEAST_WORDS: usize = 20;

/// Finds the copies. The order of the documents does not matter.
pub fn find(documents: &[Arc<Document>]) -> Found {
    let documents = sorted(documents);
    let mut index = Index::default();
    let mut links: Vec<CopyLink> = Vec::new();
    let mut shared = Vec::new();
    let mut union: Vec<usize> = (0..documents.len()).collect();
    for (at, document) in documents.iter().enumerate() {
        let found = index.place(document);
        for (other, link) in found {
            if link.kind == CopyKind::SharedStatement {
                shared.push(link);
            } else {
                join(&mut union, at, other);
                links.push(link);
            }
        }
    }
    let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for at in 0..documents.len() {
        let root = root(&mut union, at);
        members.entry(root).or_default().push(at);
    }
    let place: BTreeMap<DocumentId, usize> =
        documents.iter().enumerate().map(|(at, it)| (it.id, at)).collect();
    let mut of_group: BTreeMap<usize, Vec<CopyLink>> = BTreeMap::new();
    for link in links {
        let root = root(&mut union, place[&link.copy]);
        of_group.entry(root).or_default().push(link);
    }
    let groups = members
        .into_iter()
        .map(|(root, members)| {
            let mut ids: Vec<DocumentId> = members.iter().map(|at| documents[*at].id).collect();
            ids.sort();
            let names: Vec<String> = ids.iter().map(ToString::to_string).collect();
            CopyGroup {
                id: id_of(std::iter::once("copies").chain(names.iter().map(String::as_str))),
                documents: ids,
                links: of_group.remove(&root).unwrap_or_default(),
            }
        })
        .collect();
    Found { groups, shared }
}

fn root(union: &mut [usize], mut at: usize) -> usize {
    while union[at] != at {
        union[at] = union[union[at]];
        at = union[at];
    }
    at
}

fn join(union: &mut [usize], one: usize, two: usize) {
    let (one, two) = (root(union, one), root(union, two));
    let (low, high) = (one.min(two), one.max(two));
    union[high] = low;
}

/// Documents placed so far. Placing one costs the same however many there are.
#[derive(Default)]
pub struct Index {
    placed: Vec<Placed>,
    /// Sampled shingle or band → the first documents that have it.
    postings: Keyed<u64, Vec<u32>>,
    /// Whole text → first document that has it.
    whole: Keyed<u64, u32>,
    /// Keys in common with each document, all zero between two placings: sampled shingles and, in the high half, bands.
    counts: Vec<u64>,
}

struct Placed {
    document: Arc<Document>,
    shingles: Shingles,
}

impl Index {
    /// Places a document and returns its links to those placed before, each with the number of the other document.
    pub fn place(&mut self, document: &Arc<Document>) -> Vec<(usize, CopyLink)> {
        let shingles = Shingles::new(document.text.as_str());
        let number = self.placed.len();
        let mut found = Vec::new();
        let same = (!shingles.is_empty()).then(|| self.whole.get(&shingles.whole).copied()).flatten();
        if let Some(first) = same {
            found.push((
                first as usize,
                link(&self.placed[first as usize].document, document, CopyKind::Copy, 1.0),
            ));
        } else {
            let sketch = Sketch::new(&shingles);
            let marks = OnceCell::new();
            let probe = Probe::new(&shingles);
            for other in self.candidates(&sketch) {
                let placed = &self.placed[other];
                let earlier = (&*placed.document, &placed.shingles);
                if let Some(made) = judge(earlier, (document, &probe), &marks) {
                    found.push((other, made));
                }
            }
            for key in sketch.keys() {
                let posting = self.postings.entry(key).or_default();
                if posting.len() < POSTINGS {
                    posting.push(number as u32);
                }
            }
            self.whole.entry(shingles.whole).or_insert(number as u32);
        }
        self.placed.push(Placed { document: document.clone(), shingles });
        found
    }

    /// Those with most keys in common, best first.
    fn candidates(&mut self, sketch: &Sketch) -> Vec<usize> {
        const BAND: u64 = 1 << 32;
        self.counts.resize(self.placed.len(), 0);
        let mut touched: Vec<u32> = Vec::new();
        for (keys, mark) in [(&sketch.sample, 1), (&sketch.bands, BAND)] {
            for other in keys.iter().filter_map(|key| self.postings.get(key)).flatten() {
                let count = &mut self.counts[*other as usize];
                if *count == 0 {
                    touched.push(*other);
                }
                *count += mark;
            }
        }
        let mut found: Vec<(u64, usize)> = Vec::new();
        for other in touched {
            let count = std::mem::take(&mut self.counts[other as usize]);
            let (sampled, bands) = (count % BAND, count / BAND);
            if sampled >= 2 || bands >= 1 {
                found.push((sampled * 2 + bands * 3, other as usize));
            }
        }
        let best = |it: &(u64, usize)| (std::cmp::Reverse(it.0), it.1);
        if found.len() > CANDIDATES {
            found.select_nth_unstable_by_key(CANDIDATES, best);
            found.truncate(CANDIDATES);
        }
        found.sort_unstable_by_key(best);
        found.into_iter().map(|(_, other)| other).collect()
    }
}

fn link(original: &Document, copy: &Document, kind: CopyKind, containment: f64) -> CopyLink {
    CopyLink { original: original.id, copy: copy.id, kind, containment: containment as f32 }
}

fn share_agency(one: &Document, two: &Document) -> bool {
    one.agencies.iter().any(|agency| two.agencies.iter().any(|other| agency.eq_ignore_ascii_case(other)))
}

/// Whether an earlier and a later document have common text, and of which kind; `marks` keeps the quotations of the later.
fn judge(
    (earlier, one): (&Document, &Shingles),
    (later, probe): (&Document, &Probe<'_>),
    marks: &OnceCell<Vec<(usize, usize)>>,
) -> Option<CopyLink> {
    let two = probe.of;
    let least = one.len().min(two.len());
    let share = |both: usize| if least == 0 { 0.0 } else { both as f64 / least as f64 };
    // An agency text that was rewritten here and there is still one source.
    // Two short notes on one matter share their formulas: only near identity makes them copies.
    let short = one.len().min(two.len()) < SHORT;
    let enough = match (short, share_agency(earlier, later)) {
        (true, true) => 0.6,
        (true, false) => 0.8,
        (false, true) => 0.2,
        (false, false) => 0.27,
    };
    let marks = || marks.get_or_init(|| quoted(later.text.as_str()));
    // Without much in common, neither a long stretch nor a quoted statement can come out.
    let too_little = |both: usize| {
        share(both) < enough && (short || both < LEAST_WORDS || both + 2 < STRETCH && marks().is_empty())
    };
    let hits = probe.hits(one);
    if too_little(hits.len()) {
        return None;
    }
    let shared = probe.shared(one, &hits);
    if too_little(shared.len()) {
        return None;
    }
    // Nor can more than the words between marks be a quoted statement.
    let all = shared.len() + 2;
    if share(shared.len()) < enough && all < STRETCH && inside(two, marks()) * 10 < all * 7 {
        return None;
    }
    let containment = share(shared.len());
    let Common { one: of_earlier, two: of_later, quoted, longest, in_runs } =
        common(one, probe, &shared, marks());
    if quoted >= 0.7 && of_earlier < 0.7 && of_later < 0.7 {
        return (in_runs >= 12).then(|| link(earlier, later, CopyKind::SharedStatement, containment));
    }
    let least = of_earlier.min(of_later);
    let most = of_earlier.max(of_later);
    // A long stretch word for word in both is a copied part even if it is a small share of either.
    if !(containment >= enough && in_runs >= LEAST_WORDS.min(one.len().min(two.len()) / 3))
        && longest < STRETCH
    {
        return None;
    }
    let later_longer = two.len() as f64 > one.len() as f64 * 1.15;
    let later_shorter = (two.len() as f64) * 1.15 < one.len() as f64;
    let kind = if least >= 0.97 {
        CopyKind::Copy
    } else if most < 0.6 || (most >= 0.8 && least < 0.35) {
        CopyKind::Excerpt
    } else if later_longer && of_earlier >= 0.7 && (later.genre == Genre::Live || same_outlet(earlier, later))
    {
        CopyKind::RollingUpdate
    } else if later_shorter && of_later >= 0.7 {
        // One whole stretch is an excerpt; sentences from all over are an abridgement.
        if longest as f64 >= 0.9 * two.len() as f64 { CopyKind::Excerpt } else { CopyKind::Abridgement }
    } else if later_longer && of_earlier >= 0.7 {
        CopyKind::Excerpt
    } else {
        CopyKind::Revision
    };
    let (original, copy) =
        if later_longer && kind == CopyKind::Excerpt { (later, earlier) } else { (earlier, later) };
    Some(link(original, copy, kind, containment))
}

fn same_outlet(one: &Document, two: &Document) -> bool {
    (one.outlet.is_some() && one.outlet == two.outlet)
        || share_agency(one, two)
        || two.version_of == Some(one.id)
}
