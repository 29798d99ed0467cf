//! Work on many threads, its results in the order of its input.

use std::collections::BTreeMap;
use std::io;
use std::num::NonZeroUsize;
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Mutex, PoisonError};
use std::thread;

/// The stack of a worker: what a main thread has.
const STACK_BYTES: usize = 8 << 20;

/// Takes items from `source`, works on them on `jobs` threads and hands each result to `sink` in
/// the order of the items. `source` and `sink` run on the calling thread. At most four items a
/// thread are under way or wait for their turn: memory stays bounded, however long `source` is.
///
/// # Errors
/// The error of `sink`, after which nothing more is taken; or of starting a thread.
pub(crate) fn in_order<T: Send, R: Send, E: From<io::Error>>(
    jobs: NonZeroUsize,
    source: impl IntoIterator<Item = T>,
    work: impl Fn(usize, T) -> R + Sync,
    mut sink: impl FnMut(R) -> Result<(), E>,
) -> Result<(), E> {
    let window = jobs.get().saturating_mul(4);
    let (to_workers, queue) = mpsc::channel();
    let (to_sink, results) = mpsc::channel();
    let queue = Mutex::new(queue);
    thread::scope(|scope| {
        // Dropped when this closure ends, whichever way, so that the workers end.
        let to_workers: Sender<(usize, T)> = to_workers;
        for _ in 0..jobs.get() {
            let (queue, work, to_sink) = (&queue, &work, to_sink.clone());
            thread::Builder::new().stack_size(STACK_BYTES).spawn_scoped(scope, move || {
                while let Some((turn, item)) = next(queue) {
                    if to_sink.send((turn, work(turn, item))).is_err() {
                        break;
                    }
                }
            })?;
        }
        drop(to_sink);
        let mut waiting = BTreeMap::new();
        let (mut taken, mut handed) = (0, 0);
        let mut source = source.into_iter().fuse();
        loop {
            while taken - handed < window
                && let Some(item) = source.next()
            {
                if to_workers.send((taken, item)).is_err() {
                    break;
                }
                taken += 1;
            }
            if taken == handed {
                return Ok(());
            }
            let Ok((turn, result)) = results.recv() else {
                return Err(io::Error::other("they ended before their work").into());
            };
            waiting.insert(turn, result);
            while let Some(result) = waiting.remove(&handed) {
                handed += 1;
                sink(result)?;
            }
        }
    })
}

fn next<T>(queue: &Mutex<Receiver<T>>) -> Option<T> {
    queue.lock().unwrap_or_else(PoisonError::into_inner).recv().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    fn jobs(count: usize) -> NonZeroUsize {
        NonZeroUsize::new(count).unwrap()
    }

    #[test]
    fn results_keep_the_order_of_their_items_on_any_number_of_threads() {
        for count in [1, 2, 7] {
            let mut seen = Vec::new();
            let work = |_, item: u64| {
                thread::sleep(std::time::Duration::from_micros(item * 37 % 500));
                item * 2
            };
            let sink = |result| {
                seen.push(result);
                Ok::<(), io::Error>(())
            };
            in_order(jobs(count), 0..200, work, sink).unwrap();
            assert_eq!(seen, (0..200).map(|item| item * 2).collect::<Vec<_>>());
        }
    }

    #[test]
    fn no_more_is_taken_than_the_window_holds() {
        let under_way = AtomicUsize::new(0);
        let most = AtomicUsize::new(0);
        let source = (0..1000).inspect(|_| {
            let now = under_way.fetch_add(1, Ordering::SeqCst) + 1;
            most.fetch_max(now, Ordering::SeqCst);
        });
        let sink = |_| {
            under_way.fetch_sub(1, Ordering::SeqCst);
            Ok::<(), io::Error>(())
        };
        in_order(jobs(2), source, |_, item| item, sink).unwrap();
        assert!(most.load(Ordering::SeqCst) <= 8, "{most:?}");
    }

    #[test]
    fn the_sinks_error_ends_it() {
        let mut calls = 0;
        let sink = |_| {
            calls += 1;
            if calls == 3 { Err(io::Error::from(io::ErrorKind::BrokenPipe)) } else { Ok(()) }
        };
        let ended = in_order(jobs(2), 0.., |_, item: u64| item, sink);
        assert_eq!(ended.unwrap_err().kind(), io::ErrorKind::BrokenPipe);
        assert_eq!(calls, 3);
    }
}
