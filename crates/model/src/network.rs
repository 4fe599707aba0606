//! Runs the network over sentences.

use crate::wordpiece::Wordpieces;
use crate::{Labels, ModelError, shape};
use rten::{ModelOptions, NodeId, RunOptions, ThreadPool, Value};
use rten_tensor::NdTensor;
use sha2::{Digest, Sha256};
use std::path::Path;
use std::sync::{Arc, Mutex};

const INPUTS: [&str; 4] = ["pieces", "piece_mask", "shapes", "word_at"];
const OUTPUTS: [&str; 8] = ["upos", "feats", "lemma", "arcs", "label_dep", "label_head", "names", "defence"];

/// A model that is ready to run. Cheap to share between threads by reference.
pub struct Model {
    network: rten::Model,
    inputs: [NodeId; INPUTS.len()],
    outputs: [NodeId; OUTPUTS.len()],
    labels: Labels,
    pieces: Wordpieces,
    fingerprint: String,
    /// Pools of one thread each that no document uses at the moment.
    idle: Mutex<Vec<Arc<ThreadPool>>>,
}

impl std::fmt::Debug for Model {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Model({})", self.fingerprint)
    }
}

/// The pieces of one sentence.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// Piece ids, with the marks that begin and end the row.
    pub pieces: Vec<i32>,
    /// Shape class of each piece.
    pub shapes: Vec<i32>,
    /// For each word the place of its first piece.
    pub words: Vec<i32>,
}

/// What the network says of one sentence. Best labels are indices into [`Labels`].
#[derive(Clone, Debug, Default)]
pub struct Scores {
    /// Number of words.
    pub words: usize,
    /// Best part of speech of each word.
    pub upos: Vec<usize>,
    /// Best feature string of each word.
    pub feats: Vec<usize>,
    /// Best lemma rule of each word.
    pub lemma: Vec<usize>,
    /// `words` rows of `words + 1` scores: head of each word, place 0 for the root.
    pub arcs: Vec<f32>,
    /// `words` rows of scores of name tags.
    pub names: Vec<f32>,
    /// `words` rows of scores of the tags of defence.
    pub defence: Vec<f32>,
    label_dep: Vec<f32>,
    label_head: Vec<f32>,
}

#[cfg(feature = "builtin")]
mod embedded {
    pub static NETWORK: &[u8] = include_bytes!("../../../models/en/model.onnx");
    pub static LABELS: &str = include_str!("../../../models/en/labels.json");
    pub static VOCABULARY: &str = include_str!("../../../models/en/vocab.txt");
}

impl Model {
    /// The model that is built in.
    #[cfg(feature = "builtin")]
    pub fn builtin() -> Result<Self, ModelError> {
        let labels = Labels::parse(embedded::LABELS)?;
        let options = options();
        let network = options.load_static_slice(embedded::NETWORK).map_err(unreadable)?;
        Self::assemble(network, labels, embedded::VOCABULARY)
    }

    /// The model of a folder with `model.onnx`, `labels.json` and `vocab.txt`.
    pub fn load(folder: &Path) -> Result<Self, ModelError> {
        let read = |name: &str| {
            let path = folder.join(name);
            std::fs::read(&path).map_err(|reason| ModelError::Read { path, reason })
        };
        let text = |bytes: Vec<u8>, file| {
            String::from_utf8(bytes).map_err(|_| ModelError::Form { file, reason: "not UTF-8".to_owned() })
        };
        let labels = Labels::parse(&text(read("labels.json")?, "labels.json")?)?;
        let network = read("model.onnx")?;
        check("model.onnx", &network, &labels)?;
        let vocabulary = read("vocab.txt")?;
        check("vocab.txt", &vocabulary, &labels)?;
        let network = options().load(network).map_err(unreadable)?;
        Self::assemble(network, labels, &text(vocabulary, "vocab.txt")?)
    }

    fn assemble(network: rten::Model, labels: Labels, vocabulary: &str) -> Result<Self, ModelError> {
        let node = |name: &str| {
            let reason = || format!("has no input or output {name:?}");
            network.find_node(name).ok_or_else(|| ModelError::Form { file: "model.onnx", reason: reason() })
        };
        let mut inputs = Vec::new();
        for name in INPUTS {
            inputs.push(node(name)?);
        }
        let mut outputs = Vec::new();
        for name in OUTPUTS {
            outputs.push(node(name)?);
        }
        let pieces = Wordpieces::read(vocabulary, labels.max_pieces_per_word).ok_or(ModelError::Form {
            file: "vocab.txt",
            reason: "[UNK], [CLS] or [SEP] is missing".to_owned(),
        })?;
        let fingerprint = labels.sha256.get("model.onnx").cloned().unwrap_or_default();
        Ok(Self {
            inputs: inputs.try_into().expect("one node for each name"),
            outputs: outputs.try_into().expect("one node for each name"),
            network,
            labels,
            pieces,
            fingerprint,
            idle: Mutex::new(Vec::new()),
        })
    }

    /// SHA-256 of the weights.
    pub fn fingerprint(&self) -> &str {
        &self.fingerprint
    }

    /// The label sets.
    pub fn labels(&self) -> &Labels {
        &self.labels
    }

    /// Cuts words into rows that the network can take: one, or several for a sentence that is too long. Each row has
    /// at least one word.
    pub fn rows<'a>(&self, words: impl IntoIterator<Item = &'a str>) -> Vec<Row> {
        let mut rows = Vec::new();
        let mut row = self.begin();
        let mut piece_ids = Vec::new();
        for word in words {
            piece_ids.clear();
            self.pieces.word(word, &mut piece_ids);
            if row.pieces.len() + piece_ids.len() + 1 > self.labels.max_pieces && !row.words.is_empty() {
                rows.push(self.finish(std::mem::replace(&mut row, self.begin())));
            }
            row.words.push(row.pieces.len() as i32);
            row.pieces.extend(&piece_ids);
            row.shapes.resize(row.pieces.len(), shape(word));
        }
        if !row.words.is_empty() {
            rows.push(self.finish(row));
        }
        rows
    }

    fn begin(&self) -> Row {
        Row { pieces: vec![self.pieces.begin], shapes: vec![0], words: Vec::new() }
    }

    fn finish(&self, mut row: Row) -> Row {
        row.pieces.push(self.pieces.end);
        row.shapes.push(0);
        row
    }

    /// Runs the network over rows, one after the other, on one thread.
    pub fn run(&self, rows: &[Row]) -> Result<Vec<Scores>, ModelError> {
        let held = self.idle.lock().ok().and_then(|mut idle| idle.pop());
        let pool = held.unwrap_or_else(|| Arc::new(ThreadPool::with_num_threads(1)));
        let options = RunOptions::default().with_thread_pool(Some(pool.clone()));
        // A thread of its own waits for the pool: a worker of somebody else's pool that waited here would take up
        // further documents while it waits, without bound.
        let work = || pool.run(|| rows.iter().map(|row| self.row(row, &options)).collect());
        let done = std::thread::scope(|scope| scope.spawn(work).join());
        if let Ok(mut idle) = self.idle.lock() {
            idle.push(pool.clone());
        }
        done.unwrap_or_else(|_| Err(ModelError::Run("it panicked".to_owned())))
    }

    fn row(&self, row: &Row, options: &RunOptions) -> Result<Scores, ModelError> {
        let length = row.pieces.len();
        let input = |values: Vec<i32>| Value::from(NdTensor::from_data([1, values.len()], values));
        let word_at = std::iter::once(0).chain(row.words.iter().copied()).collect();
        let values = [row.pieces.clone(), vec![1; length], row.shapes.clone(), word_at];
        let inputs =
            self.inputs.iter().zip(values).map(|(node, values)| (*node, input(values).into())).collect();
        let found = self
            .network
            .run_n(inputs, self.outputs, Some(options.clone()))
            .map_err(|fault| ModelError::Run(fault.to_string()))?;
        let mut parts = found.into_iter().zip(OUTPUTS).map(|(value, name)| {
            let tensor: Result<NdTensor<f32, 3>, _> = value.try_into();
            tensor
                .map(|tensor| tensor.into_data())
                .map_err(|_| ModelError::Run(format!("{name} has another form")))
        });
        let mut next =
            || parts.next().unwrap_or_else(|| Err(ModelError::Run("an output is missing".to_owned())));
        let words = row.words.len();
        let best = |scores: Vec<f32>| scores.chunks(scores.len() / words).map(largest).collect();
        Ok(Scores {
            words,
            upos: best(next()?),
            feats: best(next()?),
            lemma: best(next()?),
            arcs: next()?,
            label_dep: next()?,
            label_head: next()?,
            names: next()?,
            defence: next()?,
        })
    }

    /// The best relation of word `word` to head `head` (0 is the root, words count from 1), as an index of the labels.
    pub fn relation(&self, scores: &Scores, word: usize, head: usize) -> usize {
        let RelationScores { width, weight, bias } = &self.labels.relation_scores;
        let one = &scores.label_dep[word * width..(word + 1) * width];
        let other = &scores.label_head[head * width..(head + 1) * width];
        let joint: Vec<f32> = one.iter().zip(other).map(|(one, other)| (one + other).max(0.0)).collect();
        let mut best = (f32::NEG_INFINITY, 0);
        for (at, (row, bias)) in weight.iter().zip(bias).enumerate() {
            if (self.labels.relations[at] == "root") != (head == 0) {
                continue;
            }
            let score = bias + row.iter().zip(&joint).map(|(one, other)| one * other).sum::<f32>();
            if score > best.0 {
                best = (score, at);
            }
        }
        best.1
    }
}

use crate::RelationScores;

fn options() -> ModelOptions {
    let mut options = ModelOptions::with_all_ops();
    options.prepack_weights(true);
    options
}

fn unreadable(fault: rten::LoadError) -> ModelError {
    ModelError::Form { file: "model.onnx", reason: fault.to_string() }
}

fn check(file: &'static str, bytes: &[u8], labels: &Labels) -> Result<(), ModelError> {
    let hash: String = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    if labels.sha256.get(file) == Some(&hash) { Ok(()) } else { Err(ModelError::Hash { file }) }
}

/// Place of the largest score; the first of equals.
fn largest(scores: &[f32]) -> usize {
    scores.iter().enumerate().fold(0, |best, (at, score)| if *score > scores[best] { at } else { best })
}
