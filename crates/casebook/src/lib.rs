//! A case on disk: a folder that keeps originals for good, knows every record, links what belongs
//! together across documents, and proves that nothing was changed.
//!
//! [`Case`] is the folder. [`Taking`] takes documents in; reading them is the caller's. All that is
//! known lies behind [`store::Store`], all that was done is an [`Act`] in the ledger
//! ([`onrecord_ledger`]), which commits to it and tells nothing of it.
//!
//! Order of durable steps, everywhere: originals first, then the store's commit, then the ledger's
//! tiles, then its checkpoint. What was told as done is on the disk in all of them; what a crash
//! leaves half done is finished or forgotten when the case is opened next.

mod act;
mod book;
mod case;
mod check;
pub mod copies;
mod days;
mod difference;
mod dossier;
mod error;
pub mod export;
mod exporting;
mod files;
mod filter;
mod item;
pub mod joins;
mod key;
mod naming;
mod originals;
mod removal;
mod rereading;
pub mod review;
pub mod search;
mod select;
pub mod store;
mod system;
mod taking;
mod verify;
mod witness;

pub use act::{Act, How};
pub use book::LedgerFolder;
pub use case::{Case, Manifest, STORE_FORMAT};
pub use check::Finding;
pub use days::days;
pub use difference::{Changed, Difference, Differing};
pub use dossier::{Passages, Plan, escaped, passage};
pub use error::Error;
pub use exporting::Hashing;
pub use filter::{Filter, Meant};
pub use item::{CaseItem, Item};
pub use key::{DocumentId, DocumentKey};
pub use originals::{Fixity, Originals};
pub use rereading::Reread;
pub use select::{Answer, Kind, Selected};
pub use store::{Counts, DocumentRow, Given, Review};
pub use system::{Step, System};
pub use taking::{Failure, Known, Reading, Taken, Taking, Tally};
pub use verify::{Asked, Depth, Exported, Flaw, SeenBy, Verified, verify_case, verify_dossier};
