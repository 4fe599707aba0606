user_version 1

index comparison_encounter
CREATE INDEX comparison_encounter ON comparison (encounter)

index document_file
CREATE INDEX document_file ON document (file)

index judgement_key
CREATE INDEX judgement_key ON judgement (target, key)

index party_actor
CREATE INDEX party_actor ON party (actor, role)

index record_document
CREATE INDEX record_document ON record (document, start_byte)

index record_kind
CREATE INDEX record_kind ON record (kind, first_day)

index record_rule
CREATE INDEX record_rule ON record (rule)

table account
CREATE TABLE account (
  encounter TEXT NOT NULL REFERENCES encounter (id),
  place     INTEGER NOT NULL CHECK (typeof(place) = 'integer'),
  by_actor  TEXT,
  by_name   TEXT,
  through   TEXT NOT NULL CHECK (typeof(through) = 'text'),
  items     INTEGER NOT NULL CHECK (typeof(items) = 'integer'),
  PRIMARY KEY (encounter, place)
)

table across
CREATE TABLE across (
  sort  TEXT NOT NULL CHECK (sort IN ('figures', 'thread', 'copy', 'shared', 'story', 'doubt')),
  place INTEGER NOT NULL CHECK (typeof(place) = 'integer'),
  line  TEXT NOT NULL CHECK (typeof(line) = 'text'),
  PRIMARY KEY (sort, place)
)

table comparison
CREATE TABLE comparison (
  id         TEXT PRIMARY KEY CHECK (typeof(id) = 'text'),
  place      INTEGER NOT NULL CHECK (typeof(place) = 'integer'),
  encounter  TEXT,
  topic      TEXT NOT NULL CHECK (typeof(topic) = 'text'),
  relation   TEXT NOT NULL CHECK (typeof(relation) = 'text'),
  left_id    TEXT NOT NULL CHECK (typeof(left_id) = 'text'),
  right_id   TEXT,
  left_words TEXT,
  right_words TEXT,
  why        TEXT NOT NULL CHECK (typeof(why) = 'text'),
  rule       TEXT NOT NULL CHECK (typeof(rule) = 'text'),
  line       TEXT NOT NULL CHECK (typeof(line) = 'text')
)

table copy_member
CREATE TABLE copy_member (
  copy_group TEXT NOT NULL CHECK (typeof(copy_group) = 'text'),
  document   TEXT NOT NULL CHECK (typeof(document) = 'text'),
  PRIMARY KEY (copy_group, document)
)

table derivation
CREATE TABLE derivation (
  document TEXT PRIMARY KEY REFERENCES document (id),
  kit      TEXT NOT NULL CHECK (typeof(kit) = 'text')
)

table document
CREATE TABLE document (
  number          INTEGER PRIMARY KEY,
  id              TEXT NOT NULL UNIQUE CHECK (typeof(id) = 'text' AND length(id) = 32),
  file            TEXT NOT NULL CHECK (typeof(file) = 'text'),
  title           TEXT,
  outlet          TEXT,
  genre           TEXT NOT NULL CHECK (typeof(genre) = 'text'),
  published       TEXT,
  published_basis TEXT NOT NULL CHECK (typeof(published_basis) = 'text'),
  raw_hash        TEXT NOT NULL CHECK (typeof(raw_hash) = 'text'),
  text            TEXT NOT NULL CHECK (typeof(text) = 'text'),
  line            TEXT NOT NULL CHECK (typeof(line) = 'text')
)

table document_text
CREATE VIRTUAL TABLE document_text USING fts5 (
  title, text, content = 'document', content_rowid = 'number', tokenize = 'unicode61 remove_diacritics 2'
)

table encounter
CREATE TABLE encounter (
  id                  TEXT PRIMARY KEY CHECK (typeof(id) = 'text'),
  medium              TEXT NOT NULL CHECK (typeof(medium) = 'text'),
  edtf                TEXT,
  independent_sources INTEGER NOT NULL CHECK (typeof(independent_sources) = 'integer'),
  line                TEXT NOT NULL CHECK (typeof(line) = 'text')
)

table encounter_mention
CREATE TABLE encounter_mention (
  encounter TEXT NOT NULL REFERENCES encounter (id),
  record    TEXT NOT NULL CHECK (typeof(record) = 'text'),
  PRIMARY KEY (encounter, record)
)

table encounter_party
CREATE TABLE encounter_party (
  encounter TEXT NOT NULL REFERENCES encounter (id),
  place     INTEGER NOT NULL CHECK (typeof(place) = 'integer'),
  actor     TEXT,
  name      TEXT NOT NULL CHECK (typeof(name) = 'text'),
  PRIMARY KEY (encounter, place)
)

table figure
CREATE TABLE figure (
  series   TEXT NOT NULL CHECK (typeof(series) = 'text'),
  place    INTEGER NOT NULL CHECK (typeof(place) = 'integer'),
  title    TEXT NOT NULL CHECK (typeof(title) = 'text'),
  record   TEXT NOT NULL CHECK (typeof(record) = 'text'),
  low      REAL,
  high     REAL,
  modifier TEXT,
  unit     TEXT NOT NULL CHECK (typeof(unit) = 'text'),
  claimant TEXT NOT NULL CHECK (typeof(claimant) = 'text'),
  as_of    TEXT,
  PRIMARY KEY (series, place)
)

table input
CREATE TABLE input (
  key  TEXT PRIMARY KEY CHECK (typeof(key) = 'text' AND length(key) = 32),
  file TEXT NOT NULL CHECK (typeof(file) = 'text'),
  kit  TEXT NOT NULL CHECK (typeof(kit) = 'text')
)

table judgement
CREATE TABLE judgement (
  number     INTEGER PRIMARY KEY AUTOINCREMENT,
  id         TEXT NOT NULL UNIQUE CHECK (typeof(id) = 'text' AND length(id) = 32),
  target     TEXT NOT NULL CHECK (target IN ('record', 'encounter', 'document')),
  key        TEXT NOT NULL CHECK (typeof(key) = 'text'),
  document   TEXT,
  kind       TEXT,
  start_byte INTEGER CHECK (start_byte IS NULL OR typeof(start_byte) = 'integer'),
  end_byte   INTEGER CHECK (end_byte IS NULL OR typeof(end_byte) = 'integer'),
  action     TEXT NOT NULL CHECK (action IN ('accept', 'reject', 'edit', 'merge', 'split', 'note', 'grade')),
  value      TEXT,
  why        TEXT,
  who        TEXT NOT NULL CHECK (typeof(who) = 'text'),
  at         TEXT NOT NULL CHECK (typeof(at) = 'text')
)

table meta
CREATE TABLE meta (
  key   TEXT PRIMARY KEY CHECK (typeof(key) = 'text'),
  value TEXT NOT NULL CHECK (typeof(value) = 'text')
)

table party
CREATE TABLE party (
  record TEXT NOT NULL REFERENCES record (id),
  role   TEXT NOT NULL CHECK (typeof(role) = 'text'),
  place  INTEGER NOT NULL CHECK (typeof(place) = 'integer'),
  actor  TEXT,
  name   TEXT NOT NULL CHECK (typeof(name) = 'text'),
  words  TEXT,
  PRIMARY KEY (record, role, place)
)

table record
CREATE TABLE record (
  id         TEXT PRIMARY KEY CHECK (typeof(id) = 'text' AND length(id) = 32),
  document   TEXT NOT NULL REFERENCES document (id),
  kind       TEXT NOT NULL CHECK (typeof(kind) = 'text'),
  start_byte INTEGER NOT NULL CHECK (typeof(start_byte) = 'integer'),
  end_byte   INTEGER NOT NULL CHECK (typeof(end_byte) = 'integer'),
  evidence   TEXT NOT NULL CHECK (typeof(evidence) = 'text'),
  edtf       TEXT,
  basis      TEXT,
  first_day  TEXT,
  last_day   TEXT,
  status     TEXT NOT NULL CHECK (typeof(status) = 'text'),
  voice      TEXT NOT NULL CHECK (typeof(voice) = 'text'),
  epoch      TEXT NOT NULL CHECK (typeof(epoch) = 'text'),
  confidence REAL NOT NULL CHECK (typeof(confidence) = 'real'),
  rule       TEXT NOT NULL CHECK (typeof(rule) = 'text'),
  line       TEXT NOT NULL CHECK (typeof(line) = 'text')
)

table thread_item
CREATE TABLE thread_item (
  thread TEXT NOT NULL CHECK (typeof(thread) = 'text'),
  topic  TEXT NOT NULL CHECK (typeof(topic) = 'text'),
  role   TEXT NOT NULL CHECK (role IN ('demand', 'answer')),
  place  INTEGER NOT NULL CHECK (typeof(place) = 'integer'),
  record TEXT NOT NULL CHECK (typeof(record) = 'text'),
  PRIMARY KEY (thread, role, place)
)

table time
CREATE TABLE time (
  document TEXT NOT NULL REFERENCES document (id),
  place    INTEGER NOT NULL CHECK (typeof(place) = 'integer'),
  edtf     TEXT,
  line     TEXT NOT NULL CHECK (typeof(line) = 'text'),
  PRIMARY KEY (document, place)
)

trigger document_text_delete
CREATE TRIGGER document_text_delete AFTER DELETE ON document BEGIN
  INSERT INTO document_text (document_text, rowid, title, text) VALUES ('delete', old.number, old.title, old.text);
END

trigger document_text_insert
CREATE TRIGGER document_text_insert AFTER INSERT ON document BEGIN
  INSERT INTO document_text (rowid, title, text) VALUES (new.number, new.title, new.text);
END

trigger document_text_update
CREATE TRIGGER document_text_update AFTER UPDATE ON document BEGIN
  INSERT INTO document_text (document_text, rowid, title, text) VALUES ('delete', old.number, old.title, old.text);
  INSERT INTO document_text (rowid, title, text) VALUES (new.number, new.title, new.text);
END

trigger judgement_no_delete
CREATE TRIGGER judgement_no_delete BEFORE DELETE ON judgement BEGIN
  SELECT RAISE(ABORT, 'judgements are only ever added');
END

trigger judgement_no_update
CREATE TRIGGER judgement_no_update BEFORE UPDATE ON judgement BEGIN
  SELECT RAISE(ABORT, 'judgements are only ever added');
END

view accounts
CREATE VIEW accounts AS SELECT encounter, place, by_actor, by_name, through, items FROM account ORDER BY encounter, place

view comparisons
CREATE VIEW comparisons AS
  SELECT c.id, c.encounter, c.topic, c.relation, c.left_id AS "left", c.right_id AS "right", c.left_words, c.right_words,
         c.why, c.rule, c.line AS json
  FROM comparison c ORDER BY c.place

view contacts
CREATE VIEW contacts AS
  SELECT r.id, d.file, r.document, json_extract(r.line, '$.trigger.text') AS "trigger",
         (SELECT group_concat(p.name, '; ') FROM (SELECT name FROM party WHERE record = r.id AND role = 'participant' ORDER BY place) p)
           AS participants,
         json_extract(r.line, '$.medium') AS medium, json_extract(r.line, '$.duration.text') AS duration,
         r.edtf AS "when", r.status, r.voice, r.epoch, r.confidence, r.start_byte, r.end_byte
  FROM record r JOIN document d ON d.id = r.document WHERE r.kind = 'contact'

view copies
CREATE VIEW copies AS
  SELECT m.copy_group, m.document, d.file, d.outlet,
         (SELECT count(*) FROM copy_member o WHERE o.copy_group = m.copy_group) AS members
  FROM copy_member m JOIN document d ON d.id = m.document ORDER BY m.copy_group, d.file, d.id

view decisions
CREATE VIEW decisions AS
  SELECT j.number, j.id, j.action, j.value, j.why, j.who, j.at, j.key,
         coalesce(
           (SELECT r.id FROM record r WHERE r.id = j.key),
           (SELECT min(r.id) FROM record r
             WHERE r.document = j.document AND r.kind = j.kind AND r.start_byte = j.start_byte
               AND r.end_byte = j.end_byte HAVING count(*) = 1)) AS record
  FROM judgement j WHERE j.target = 'record'

view deployments
CREATE VIEW deployments AS
  SELECT r.id, d.file, r.document,
         coalesce(json_extract(r.line, '$.force.resolved'), json_extract(r.line, '$.force.text')) AS "force",
         json_extract(r.line, '$.force.actor') AS force_actor, json_extract(r.line, '$.action') AS "action",
         json_extract(r.line, '$.unit.text') AS unit, json_extract(r.line, '$.quantity.low') AS low,
         json_extract(r.line, '$.quantity.high') AS high, json_extract(r.line, '$.quantity.modifier') AS modifier,
         coalesce(json_extract(r.line, '$.origin.place'), json_extract(r.line, '$.origin.text')) AS origin,
         coalesce(json_extract(r.line, '$.destination.place'), json_extract(r.line, '$.destination.text')) AS destination,
         r.edtf AS "when", r.status, r.voice, r.epoch, r.confidence, r.start_byte, r.end_byte
  FROM record r JOIN document d ON d.id = r.document WHERE r.kind = 'deployment'

view documents
CREATE VIEW documents AS
  SELECT d.id, d.file, d.title, d.outlet, json_extract(d.line, '$.byline') AS byline,
         json_extract(d.line, '$.author_role') AS author_role, json_extract(d.line, '$.url') AS url,
         json_extract(d.line, '$.agencies') AS agencies, d.genre, json_extract(d.line, '$.language') AS language,
         d.published, d.published_basis, d.raw_hash, length(d.text) AS characters,
         (SELECT count(*) FROM record r WHERE r.document = d.id) AS records, d.text
  FROM document d ORDER BY d.file, d.id

view encounters
CREATE VIEW encounters AS
  SELECT e.id, e.edtf AS "when", e.medium,
         (SELECT group_concat(p.name, '; ') FROM (SELECT name FROM encounter_party WHERE encounter = e.id ORDER BY place) p) AS participants,
         (SELECT count(*) FROM encounter_mention m WHERE m.encounter = e.id) AS mentions, e.independent_sources,
         (SELECT count(*) FROM account a WHERE a.encounter = e.id) AS accounts, e.line AS json
  FROM encounter e ORDER BY e.edtf, e.id

view events
CREATE VIEW events AS
  SELECT r.id, d.file, r.document, json_extract(r.line, '$.type') AS type, json_extract(r.line, '$.mode') AS mode,
         json_extract(r.line, '$.trigger.text') AS "trigger",
         (SELECT group_concat(p.name, '; ') FROM (SELECT name FROM party WHERE record = r.id AND role = 'actor' ORDER BY place) p) AS actors,
         (SELECT group_concat(p.name, '; ') FROM (SELECT name FROM party WHERE record = r.id AND role = 'recipient' ORDER BY place) p) AS recipients,
         r.edtf AS "when", r.status, r.voice, r.epoch, r.confidence, r.start_byte, r.end_byte
  FROM record r JOIN document d ON d.id = r.document WHERE r.kind = 'event'

view figures
CREATE VIEW figures AS
  SELECT series, title, place, low, high, modifier, unit, claimant, as_of, record FROM figure ORDER BY title, series, place

view forecasts
CREATE VIEW forecasts AS
  SELECT r.id, d.file, r.document,
         coalesce(json_extract(r.line, '$.forecaster.resolved'), json_extract(r.line, '$.forecaster.text')) AS forecaster,
         json_extract(r.line, '$.forecaster.actor') AS forecaster_actor,
         json_extract(r.line, '$.content.text') AS content, json_extract(r.line, '$.modality') AS modality,
         json_extract(r.line, '$.horizon.edtf') AS horizon,
         r.edtf AS "when", r.status, r.voice, r.epoch, r.confidence, r.start_byte, r.end_byte
  FROM record r JOIN document d ON d.id = r.document WHERE r.kind = 'forecast'

view judgements
CREATE VIEW judgements AS
  SELECT number, id, target, key, document, kind, start_byte, end_byte, action, value, why, who, at FROM judgement ORDER BY number

view orphans
CREATE VIEW orphans AS
  SELECT j.number, j.id, j.target, j.key, j.action, j.who, j.at FROM judgement j
  WHERE (j.target = 'record' AND NOT EXISTS (SELECT 1 FROM decisions x WHERE x.number = j.number AND x.record IS NOT NULL))
     OR (j.target = 'document' AND NOT EXISTS (SELECT 1 FROM document d WHERE d.id = j.key))
     OR (j.target = 'encounter' AND NOT EXISTS (SELECT 1 FROM encounter e WHERE e.id = j.key))

view parties
CREATE VIEW parties AS SELECT record, role, place, actor, name, words FROM party

view positions
CREATE VIEW positions AS
  SELECT r.id, d.file, r.document,
         coalesce(json_extract(r.line, '$.holder.resolved'), json_extract(r.line, '$.holder.text')) AS holder,
         json_extract(r.line, '$.holder.actor') AS holder_actor, json_extract(r.line, '$.stance') AS stance,
         json_extract(r.line, '$.content.text') AS content,
         coalesce(json_extract(r.line, '$.addressee.resolved'), json_extract(r.line, '$.addressee.text')) AS addressee,
         json_extract(r.line, '$.answers') AS answers,
         r.edtf AS "when", r.status, r.voice, r.epoch, r.confidence, r.start_byte, r.end_byte
  FROM record r JOIN document d ON d.id = r.document WHERE r.kind = 'position'

view quotations
CREATE VIEW quotations AS
  SELECT r.id, d.file, r.document, json_extract(r.line, '$.form') AS form,
         coalesce(json_extract(r.line, '$.speaker.resolved'), json_extract(r.line, '$.speaker.text')) AS speaker,
         json_extract(r.line, '$.speaker.actor') AS speaker_actor,
         json_extract(r.line, '$.cue.lemma') AS cue,
         (SELECT group_concat(json_extract(c.value, '$.text'), ' ') FROM json_each(r.line, '$.content') c) AS content,
         coalesce(json_extract(r.line, '$.addressee.resolved'), json_extract(r.line, '$.addressee.text')) AS addressee,
         r.edtf AS "when", r.status, r.voice, r.epoch, r.confidence, r.start_byte, r.end_byte
  FROM record r JOIN document d ON d.id = r.document WHERE r.kind = 'quotation'

view records
CREATE VIEW records AS
  SELECT r.id, r.kind, d.file, r.document, r.evidence, r.start_byte, r.end_byte,
         json_extract(r.line, '$.evidence.start') AS start, json_extract(r.line, '$.evidence.end') AS end,
         r.edtf AS "when", r.basis AS when_basis, r.status, r.voice, r.epoch, r.confidence, r.rule,
         (SELECT x.action FROM decisions x WHERE x.record = r.id AND x.action IN ('accept', 'reject', 'edit')
           ORDER BY x.number DESC LIMIT 1) AS review,
         r.line AS json
  FROM record r JOIN document d ON d.id = r.document ORDER BY d.file, r.start_byte, r.end_byte, r.kind, r.id

view threads
CREATE VIEW threads AS
  SELECT thread, topic, role, place, record FROM thread_item ORDER BY thread, role DESC, place

view times
CREATE VIEW times AS
  SELECT t.document, d.file, t.place, json_extract(t.line, '$.text') AS text, json_extract(t.line, '$.type') AS type,
         json_extract(t.line, '$.timex_value') AS value, t.edtf, json_extract(t.line, '$.epoch') AS epoch,
         json_extract(t.line, '$.start_byte') AS start_byte, json_extract(t.line, '$.end_byte') AS end_byte
  FROM time t JOIN document d ON d.id = t.document ORDER BY d.file, t.place
