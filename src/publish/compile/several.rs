//! Does one thing for each of many, several at a time.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// What `act` makes of each item, in the order of the items, on so many threads.
pub fn several_at_a_time<T: Sync, R: Send>(
    items: &[T],
    threads: usize,
    act: impl Fn(&T) -> R + Sync,
) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let made = Mutex::new(Vec::with_capacity(items.len()));
    let work = || {
        while let Some((index, item)) = {
            let index = next.fetch_add(1, Ordering::Relaxed);
            items.get(index).map(|item| (index, item))
        } {
            let result = act(item);
            if let Ok(mut made) = made.lock() {
                made.push((index, result));
            }
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..threads.clamp(1, items.len().max(1)) {
            scope.spawn(work);
        }
    });
    let mut made = made.into_inner().unwrap_or_default();
    made.sort_by_key(|(index, _)| *index);
    made.into_iter().map(|(_, result)| result).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_keep_the_order() {
        for threads in [0, 1, 4] {
            let doubled = several_at_a_time(&[3, 1, 2], threads, |number| number * 2);
            assert_eq!(doubled, [6, 2, 4]);
        }
        assert_eq!(several_at_a_time(&[], 2, |number: &u8| *number), [0; 0]);
    }
}
