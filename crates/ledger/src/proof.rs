//! Proofs that an entry is in a tree and that one tree is the beginning of another.
//!
//! They are RFC 6962's, section 2.1.1 and 2.1.2; verifying follows RFC 9162, section 2.1.3.2 and
//! 2.1.4.2, which tells it step by step.

use crate::error::Error;
use crate::hash::Hash;

/// Where the hashes of complete subtrees are found.
pub trait Nodes {
    /// The hash of the subtree over the entries `index << height .. (index + 1) << height`, all of
    /// which are there.
    ///
    /// # Errors
    ///
    /// Where the hash cannot be read: a tile that is missing or too short.
    fn node(&self, height: u32, index: u64) -> Result<Hash, Error>;
}

/// Hashes of entries in memory.
impl Nodes for [Hash] {
    fn node(&self, height: u32, index: u64) -> Result<Hash, Error> {
        let range = || {
            let start = usize::try_from(index.checked_shl(height)?).ok()?;
            self.get(start..start.checked_add(1_usize.checked_shl(height)?)?)
        };
        range().map(crate::hash::root_over).ok_or(Error::NoNode { height, index })
    }
}

/// That an entry is in a tree: the hashes beside its way to the root, lowest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inclusion {
    /// The entry's place in the log, from 0.
    pub index: u64,
    /// How many entries the tree has.
    pub size: u64,
    /// The hashes, lowest first; at most 64.
    pub path: Vec<Hash>,
}

impl Inclusion {
    /// Makes the proof for the entry at an index in the tree of the first `size` entries.
    ///
    /// # Errors
    ///
    /// [`Error::OutOfTree`] where the tree has no such entry; what `nodes` gives.
    pub fn make(index: u64, size: u64, nodes: &(impl Nodes + ?Sized)) -> Result<Inclusion, Error> {
        if index >= size {
            return Err(Error::OutOfTree { index, size });
        }
        let (mut start, mut end, mut path) = (0, size, Vec::new());
        while end - start > 1 {
            let middle = middle(start, end);
            if index < middle {
                path.push(subtree(nodes, middle, end)?);
                end = middle;
            } else {
                path.push(subtree(nodes, start, middle)?);
                start = middle;
            }
        }
        path.reverse();
        Ok(Inclusion { index, size, path })
    }

    /// Whether the proof leads from an entry's hash to the root.
    ///
    /// # Errors
    ///
    /// [`Error::OutOfTree`] where the proof names no entry of its tree, [`Error::NotIncluded`]
    /// where it leads elsewhere.
    pub fn verify(&self, entry: Hash, root: Hash) -> Result<(), Error> {
        let &Inclusion { index, size, ref path } = self;
        if index >= size {
            return Err(Error::OutOfTree { index, size });
        }
        let (mut at, mut last, mut hash) = (index, size - 1, entry);
        for &beside in path {
            if last == 0 {
                return Err(Error::NotIncluded { index, size });
            }
            if at & 1 == 1 || at == last {
                hash = Hash::of_node(beside, hash);
                climb_to_branch(&mut at, &mut last);
            } else {
                hash = Hash::of_node(hash, beside);
            }
            at >>= 1;
            last >>= 1;
        }
        let leads = last == 0 && hash == root;
        if leads { Ok(()) } else { Err(Error::NotIncluded { index, size }) }
    }
}

/// That a tree is the beginning of a larger one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consistency {
    /// How many entries the smaller tree has.
    pub old: u64,
    /// How many entries the larger tree has.
    pub new: u64,
    /// The hashes, lowest first; at most 65. None where the smaller tree is empty or both are one.
    pub path: Vec<Hash>,
}

impl Consistency {
    /// Makes the proof that the first `old` of the first `new` entries are their beginning.
    ///
    /// # Errors
    ///
    /// [`Error::Shrunk`] where `old` is larger than `new`; what `nodes` gives.
    pub fn make(old: u64, new: u64, nodes: &(impl Nodes + ?Sized)) -> Result<Consistency, Error> {
        if old > new {
            return Err(Error::Shrunk { old, new });
        }
        let (mut start, mut end, mut path) = (0, new, Vec::new());
        if old > 0 {
            while old != end {
                let middle = middle(start, end);
                if old <= middle {
                    path.push(subtree(nodes, middle, end)?);
                    end = middle;
                } else {
                    path.push(subtree(nodes, start, middle)?);
                    start = middle;
                }
            }
            if start > 0 {
                path.push(subtree(nodes, start, end)?);
            }
            path.reverse();
        }
        Ok(Consistency { old, new, path })
    }

    /// Whether the proof leads to both roots.
    ///
    /// # Errors
    ///
    /// [`Error::Shrunk`] where `old` is larger than `new`, [`Error::NotConsistent`] where the proof
    /// leads elsewhere.
    pub fn verify(&self, old_root: Hash, new_root: Hash) -> Result<(), Error> {
        let &Consistency { old, new, ref path } = self;
        if old > new {
            return Err(Error::Shrunk { old, new });
        }
        let holds = if old == 0 {
            path.is_empty() && old_root == Hash::of_nothing()
        } else if old == new {
            path.is_empty() && old_root == new_root
        } else {
            both_roots(old, new, path, old_root) == Some((old_root, new_root))
        };
        if holds { Ok(()) } else { Err(Error::NotConsistent { old, new }) }
    }
}

/// The roots that a consistency proof between two unequal trees leads to; `None` where its length
/// fits neither. The proof leaves out the smaller root where that stands alone as a subtree.
fn both_roots(old: u64, new: u64, path: &[Hash], old_root: Hash) -> Option<(Hash, Hash)> {
    let (first, rest) = if old.is_power_of_two() {
        (old_root, path)
    } else {
        path.split_first().map(|(f, r)| (*f, r))?
    };
    let shift = (old - 1).trailing_ones();
    let (mut at, mut last) = (shifted(old - 1, shift), shifted(new - 1, shift));
    let (mut small, mut large) = (first, first);
    for &beside in rest {
        if last == 0 {
            return None;
        }
        if at & 1 == 1 || at == last {
            small = Hash::of_node(beside, small);
            large = Hash::of_node(beside, large);
            climb_to_branch(&mut at, &mut last);
        } else {
            large = Hash::of_node(large, beside);
        }
        at >>= 1;
        last >>= 1;
    }
    (last == 0).then_some((small, large))
}

/// Climbs from a node at the tree's right edge to where it is a right child.
fn climb_to_branch(at: &mut u64, last: &mut u64) {
    if *at & 1 == 0 {
        let shift = at.trailing_zeros();
        *at = shifted(*at, shift);
        *last = shifted(*last, shift);
    }
}

fn shifted(number: u64, by: u32) -> u64 {
    number.checked_shr(by).unwrap_or(0)
}

/// Where RFC 6962 parts a range of more than one entry: the largest power of two below its length.
fn middle(start: u64, end: u64) -> u64 {
    start + (1 << (end - start - 1).ilog2())
}

/// The hash over a range that RFC 6962's parting gives: its start is a multiple of the power of two
/// that covers it.
fn subtree(nodes: &(impl Nodes + ?Sized), start: u64, end: u64) -> Result<Hash, Error> {
    let length = end - start;
    if length.is_power_of_two() {
        let height = length.ilog2();
        return nodes.node(height, start >> height);
    }
    let middle = middle(start, end);
    Ok(Hash::of_node(subtree(nodes, start, middle)?, subtree(nodes, middle, end)?))
}

/// The root of the tree of the first `size` entries.
///
/// # Errors
///
/// What `nodes` gives.
pub fn root(size: u64, nodes: &(impl Nodes + ?Sized)) -> Result<Hash, Error> {
    if size == 0 { Ok(Hash::of_nothing()) } else { subtree(nodes, 0, size) }
}
