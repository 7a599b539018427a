//! The middle one of some numbers, which few odd ones do not move.

/// The middle one of some numbers; 0 of none.
pub fn middle(numbers: impl Iterator<Item = f64>) -> f64 {
    let mut all: Vec<f64> = numbers.collect();
    all.sort_by(f64::total_cmp);
    all.get(all.len() / 2).copied().unwrap_or(0.0)
}
