//! What the processor can do.

/// Instructions that the kernels use. A value other than [`Level::PLAIN`] is only ever made where
/// the processor has them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Level(pub(crate) Kind);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Plain,
    #[cfg(target_arch = "x86_64")]
    Avx2,
    #[cfg(target_arch = "x86_64")]
    Avx512Vnni,
}

impl Level {
    /// What every processor can do: the oracle of the others.
    pub const PLAIN: Self = Self(Kind::Plain);

    /// The best that this processor can do.
    #[must_use]
    pub fn best() -> Self {
        Self::all().last().copied().unwrap_or(Self::PLAIN)
    }

    /// All that this processor can do, the plainest first.
    #[must_use]
    pub fn all() -> Vec<Self> {
        let mut levels = vec![Self::PLAIN];
        #[cfg(target_arch = "x86_64")]
        {
            if std::arch::is_x86_feature_detected!("avx2") {
                levels.push(Self(Kind::Avx2));
            }
            let wide = std::arch::is_x86_feature_detected!("avx512f")
                && std::arch::is_x86_feature_detected!("avx512bw")
                && std::arch::is_x86_feature_detected!("avx512vl")
                && std::arch::is_x86_feature_detected!("avx512vnni");
            if wide {
                levels.push(Self(Kind::Avx512Vnni));
            }
        }
        levels
    }
}
