//! Acts on things on several threads: on those that are at hand, or while another thread still finds them.

use std::convert::Infallible;
use std::sync::mpsc::{Receiver, sync_channel};
use std::sync::{Arc, Mutex};
use std::thread;

/// Things that may lie ready for each thread; more would only take memory.
const READY: usize = 2;

/// What `act` makes of each item, in the order of the items, on so many threads.
pub fn several_at_a_time<T: Sync, R: Send>(
    items: &[T],
    threads: usize,
    act: impl Fn(&T) -> R + Sync,
) -> Vec<R> {
    let Ok(made) = act_while_finding(threads.min(items.len()), act, |give| {
        items.iter().for_each(give);
        Ok::<_, Infallible>(())
    });
    made
}

/// What `act` makes of each thing that `find` gives away, in the order in which they were given; so many threads act, one at
/// least, while `find` runs on the caller's. Fails as `find` does.
pub fn act_while_finding<T: Send, R: Send, E>(
    threads: usize,
    act: impl Fn(T) -> R + Sync,
    find: impl FnOnce(&mut dyn FnMut(T)) -> Result<(), E>,
) -> Result<Vec<R>, E> {
    let threads = threads.max(1);
    let made = Mutex::new(Vec::new());
    let (act, results) = (&act, &made);
    thread::scope(|scope| {
        let (give, given) = sync_channel(threads * READY);
        let given = Arc::new(Mutex::new(given));
        for _ in 0..threads {
            let given = Arc::clone(&given);
            scope.spawn(move || {
                while let Some((index, thing)) = next(&given) {
                    let result = act(thing);
                    if let Ok(mut results) = results.lock() {
                        results.push((index, result));
                    }
                }
            });
        }
        // Only the threads hold the receiving end, so that giving ends when none of them is left.
        drop(given);
        let mut index = 0_usize;
        find(&mut |thing| {
            // It is not taken where all threads have panicked, which the end of the scope tells.
            let _ = give.send((index, thing));
            index += 1;
        })
    })?;
    let mut made = made.into_inner().unwrap_or_default();
    made.sort_unstable_by_key(|(index, _)| *index);
    Ok(made.into_iter().map(|(_, result)| result).collect())
}

fn next<T>(given: &Mutex<Receiver<T>>) -> Option<T> {
    given.lock().ok()?.recv().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(numbers: u32, end: Result<(), &str>, expected: Result<Vec<u32>, &str>) {
        for threads in [0, 1, 4] {
            let doubled = act_while_finding(
                threads,
                |number: u32| number * 2,
                |give| {
                    (0..numbers).for_each(give);
                    end
                },
            );
            assert_eq!(doubled, expected);
        }
    }

    #[test]
    fn results_keep_the_order_of_the_items() {
        for threads in [0, 1, 4] {
            let doubled = several_at_a_time(&[3, 1, 2], threads, |number| number * 2);
            assert_eq!(doubled, [6, 2, 4]);
        }
        assert_eq!(several_at_a_time(&[], 2, |number: &u8| *number), [0; 0]);
    }

    #[test]
    fn results_keep_the_order_of_what_is_found() {
        check(0, Ok(()), Ok(Vec::new()));
        check(1, Ok(()), Ok(vec![0]));
        check(
            1_000,
            Ok(()),
            Ok((0..1_000).map(|number| number * 2).collect()),
        );
    }

    #[test]
    fn an_error_of_finding_is_handed_on() {
        check(0, Err("lost"), Err("lost"));
        check(1_000, Err("lost"), Err("lost"));
    }

    #[test]
    #[should_panic(expected = "a scoped thread panicked")]
    fn a_panic_ends_it() {
        let _ = act_while_finding(
            4,
            |_: u32| panic!("on purpose"),
            |give| {
                (0..1_000).for_each(give);
                Ok::<_, ()>(())
            },
        );
    }
}
