//! Actors: names and nominals of a text, brought together as whom they mean.

mod apposition;
mod cast;
mod entry;
mod evidence;
mod kind;
mod lexicon;
mod names;
mod parties;
mod speaker;
mod titles;
mod told;

pub(crate) use cast::{ActorKey, Cast, Ids, Look};
pub(crate) use entry::seldom_told;
pub(crate) use lexicon::Lexicon;
pub(crate) use names::{Name, NameRules};
pub(crate) use parties::whole;
pub(crate) use speaker::{Speaker, SpeakerRules};
