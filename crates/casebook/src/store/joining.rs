//! What is kept to find what belongs together, and the finding of it: what `joins` works on.

use crate::copies::Sketch;
use crate::error::Error;
use crate::joins::{
    Answer, Docket, EntityQuery, Leaf, NewLeaf, Quantity, RoleHeld, Ruling, Same, Spoken, Spot,
    Title, WholeKind,
};
use crate::key::DocumentId;

/// The part of a store that joining works on. Lists are in the order of documents and items.
pub trait Joining: Wholes + Entities + Compared {}

impl<S: Wholes + Entities + Compared + ?Sized> Joining for S {}

/// Wholes of parts, and sketches of texts.
pub trait Wholes {
    /// Whether a document's joins were made.
    fn is_joined(&self, document: DocumentId) -> Result<bool, Error>;

    /// Marks a document's joins as made or not.
    fn mark_joined(&mut self, document: DocumentId, joined: bool) -> Result<(), Error>;

    /// The whole that a part belongs to.
    fn whole(&self, kind: WholeKind, spot: Spot) -> Result<Option<u32>, Error>;

    /// The wholes of all parts of a document.
    fn wholes_in(&self, kind: WholeKind, document: DocumentId) -> Result<Vec<(Spot, u32)>, Error>;

    /// The parts of a whole.
    fn parts(&self, whole: u32) -> Result<Vec<Spot>, Error>;

    /// The first part of a whole.
    fn first_part(&self, whole: u32) -> Result<Option<Spot>, Error>;

    /// Wholes of a kind behind a number, at most `limit`.
    fn wholes_after(&self, kind: WholeKind, after: u32, limit: u32) -> Result<Vec<u32>, Error>;

    /// Makes a whole without parts.
    fn new_whole(&mut self, kind: WholeKind) -> Result<u32, Error>;

    /// How many parts a whole has.
    fn size(&self, whole: u32) -> Result<u32, Error>;

    /// Puts a part that belongs to none into a whole.
    fn put_part(&mut self, kind: WholeKind, spot: Spot, whole: u32) -> Result<(), Error>;

    /// Takes a part out of its whole. A whole without parts goes.
    fn drop_part(&mut self, kind: WholeKind, spot: Spot) -> Result<(), Error>;

    /// Moves all parts of a whole into another; the whole goes.
    fn pour(&mut self, from: u32, into: u32) -> Result<(), Error>;

    /// The parts that a part is tied to.
    fn ties(&self, kind: WholeKind, spot: Spot) -> Result<Vec<Spot>, Error>;

    /// Ties two parts.
    fn tie(&mut self, kind: WholeKind, one: Spot, other: Spot) -> Result<(), Error>;

    /// Unties a part from all.
    fn untie(&mut self, kind: WholeKind, spot: Spot) -> Result<(), Error>;

    /// Keeps the sketch of a document.
    fn put_sketch(&mut self, document: DocumentId, sketch: &Sketch) -> Result<(), Error>;

    /// The sketch of a document.
    fn sketch(&self, document: DocumentId) -> Result<Option<Sketch>, Error>;

    /// Forgets the sketch of a document.
    fn remove_sketch(&mut self, document: DocumentId) -> Result<(), Error>;

    /// Documents that meet a sketch in a band and in how many; of each band the newest `a_band`.
    fn meeting(&self, bands: &[u32], a_band: u32) -> Result<Vec<(DocumentId, u32)>, Error>;
}

/// Entities: leaves, each of one name, and which of them are one.
pub trait Entities {
    /// At most `limit` entities of one name, those of most documents first.
    fn leaves_keyed(&self, key: &str, limit: u32) -> Result<Vec<Leaf>, Error>;

    /// At most `limit` entities whose name ends with a word and has others before it, by number.
    fn leaves_ending(&self, last: &str, limit: u32) -> Result<Vec<Leaf>, Error>;

    /// An entity of one name.
    fn leaf(&self, id: u32) -> Result<Option<Leaf>, Error>;

    /// The entities of one name that are one.
    fn leaves_of(&self, root: u32) -> Result<Vec<Leaf>, Error>;

    /// Entities of one name that has all of these words, folded as search has them.
    fn leaves_with(&self, words: &[String]) -> Result<Vec<Leaf>, Error>;

    /// Makes an entity and gives its number.
    fn new_leaf(&mut self, new: &NewLeaf<'_>) -> Result<u32, Error>;

    /// Sets which entity another is.
    fn set_root(&mut self, leaf: u32, root: u32) -> Result<(), Error>;

    /// Removes an entity that nothing leans on any more; false where something does.
    fn remove_leaf_if_idle(&mut self, leaf: u32) -> Result<bool, Error>;

    /// Keys and kinds of whom documents of an entity name too, of the newest `documents` of them.
    fn near(&self, leaf: u32, documents: u32) -> Result<Vec<(String, String)>, Error>;

    /// Titles of an entity in the newest documents, each once.
    fn titles(&self, leaf: u32, limit: u32) -> Result<Vec<Title>, Error>;

    /// At most `limit` names of an entity, those that most have first.
    fn names(&self, leaf: u32, limit: u32) -> Result<Vec<String>, Error>;

    /// Keeps who an actor is, with the names and titles that the document gives it.
    fn put_known(
        &mut self,
        actor: Spot,
        leaf: u32,
        aliases: &[String],
        titles: &[Title],
    ) -> Result<(), Error>;

    /// Whom a document knows: its actors with their entities.
    fn cast(&self, document: DocumentId) -> Result<Vec<(Spot, Leaf)>, Error>;

    /// Who an actor of a document is.
    fn known(&self, actor: Spot) -> Result<Option<u32>, Error>;

    /// Forgets whom a document knows and what it shows to be one. Gives the entities that it knew,
    /// and those that nothing else shows to be one with others.
    fn forget_cast(&mut self, document: DocumentId) -> Result<(Vec<u32>, Vec<u32>), Error>;

    /// The actors of documents that are an entity of one name.
    fn spots_known(&self, leaf: u32) -> Result<Vec<Spot>, Error>;

    /// Titles of an entity of one name, in its newest `documents`, with how many have each.
    fn roles_held(&self, leaf: u32, documents: u32) -> Result<Vec<RoleHeld>, Error>;

    /// How many documents name an entity.
    fn documents_naming(&self, root: u32) -> Result<u32, Error>;

    /// The numbers of entities that are asked for.
    fn roots(&self, query: &EntityQuery<'_>) -> Result<Vec<u32>, Error>;

    /// Keeps that an actor of a document shows two entities to be one.
    fn put_same(&mut self, same: &Same) -> Result<(), Error>;

    /// What documents show of an entity.
    fn same_as(&self, leaf: u32) -> Result<Vec<Same>, Error>;

    /// Keeps a ruling.
    fn put_ruling(&mut self, ruling: &Ruling) -> Result<(), Error>;

    /// Rulings on an entity, oldest first.
    fn rulings_on(&self, leaf: u32) -> Result<Vec<Ruling>, Error>;

    /// Keeps whom an actor was ruled to be.
    fn put_pin(
        &mut self,
        document: DocumentId,
        key: &str,
        leaf: u32,
        entry: u64,
    ) -> Result<(), Error>;

    /// Whom an actor was ruled to be.
    fn pinned(&self, document: DocumentId, key: &str) -> Result<Option<u32>, Error>;
}

/// What is compared of statements, figures and proceedings.
pub trait Compared {
    /// Keeps what is compared of a statement.
    fn put_spoken(&mut self, spoken: &Spoken) -> Result<(), Error>;

    /// What is compared of a statement.
    fn spoken(&self, spot: Spot) -> Result<Option<Spoken>, Error>;

    /// What is compared of a document's statements.
    fn spoken_in(&self, document: DocumentId) -> Result<Vec<Spoken>, Error>;

    /// At most `limit` statements, the newest in the case, of entities that are one: of days that
    /// overlap with these and without days; where none are given, the latest of any days.
    fn spoken_by(
        &self,
        root: u32,
        days: Option<(i32, i32)>,
        limit: u32,
    ) -> Result<Vec<Spoken>, Error>;

    /// All statements of an entity of one name.
    fn spots_spoken(&self, leaf: u32) -> Result<Vec<Spot>, Error>;

    /// Forgets a document's statements, what they charge and what they answer.
    fn forget_spoken(&mut self, document: DocumentId) -> Result<(), Error>;

    /// Keeps whom a statement charges.
    fn put_charged(&mut self, spoken: &Spoken, leaf: u32) -> Result<(), Error>;

    /// Whom a statement charges.
    fn charged_by(&self, spot: Spot) -> Result<Vec<u32>, Error>;

    /// At most `limit` statements, the newest in the case, that charge entities that are one: those
    /// that begin within these days and those without; where none are given, the latest of any days.
    fn charging(
        &self,
        root: u32,
        days: Option<(i32, i32)>,
        limit: u32,
    ) -> Result<Vec<Spoken>, Error>;

    /// Keeps an answer.
    fn put_answer(&mut self, answer: &Answer) -> Result<(), Error>;

    /// Answers that a statement gives and gets.
    fn answers_of(&self, spot: Spot) -> Result<Vec<Answer>, Error>;

    /// Forgets the answers that a statement gives and gets.
    fn forget_answers(&mut self, spot: Spot) -> Result<(), Error>;

    /// Links of the record that a statement is in: from, to, how.
    fn links_of(&self, spot: Spot) -> Result<Vec<(Spot, Spot, String)>, Error>;

    /// Keeps what is compared of a figure.
    fn put_quantity(&mut self, quantity: &Quantity) -> Result<(), Error>;

    /// What is compared of a document's figures.
    fn quantities_in(&self, document: DocumentId) -> Result<Vec<Quantity>, Error>;

    /// What is compared of a figure.
    fn quantity(&self, spot: Spot) -> Result<Option<Quantity>, Error>;

    /// At most `limit` figures, the newest, that count the same and are of the same place or of
    /// days that overlap.
    fn quantities_like(&self, quantity: &Quantity, limit: u32) -> Result<Vec<Quantity>, Error>;

    /// The statement that gives a figure.
    fn statement_of(&self, figure: Spot) -> Result<Option<Spot>, Error>;

    /// Series in which a thing is counted, by number.
    fn series_counting(&self, counted: &str) -> Result<Vec<u32>, Error>;

    /// Forgets what is compared of a document's figures.
    fn forget_quantities(&mut self, document: DocumentId) -> Result<(), Error>;

    /// Keeps the forum and the subject of a proceeding.
    fn put_docket(&mut self, spot: Spot, forum: u32, subject: u32) -> Result<(), Error>;

    /// Proceedings of all documents, or those whose subject is an entity.
    fn dockets(&self, subject: Option<u32>) -> Result<Vec<Docket>, Error>;

    /// A proceeding of a document.
    fn docket(&self, spot: Spot) -> Result<Option<Docket>, Error>;

    /// Forgets the proceedings of a document.
    fn forget_dockets(&mut self, document: DocumentId) -> Result<(), Error>;
}
