//! The forms that the network knows, by number.

use super::features::hash;

/// A table of forms that finds one in a few steps.
#[derive(Debug, Clone)]
pub(crate) struct Forms {
    /// For each slot the place of a form in `ends`, plus one; 0 where it is empty.
    slots: Vec<u32>,
    text: &'static str,
    /// Where each form ends in `text`.
    ends: Vec<u32>,
    /// How many of them, the first ones, are common: no name though written with a capital.
    common: usize,
}

impl Forms {
    /// The forms of a text, a line each. The first is number 1.
    pub(crate) fn new(text: &'static str, common: usize) -> Self {
        let ends: Vec<u32> = text
            .match_indices('\n')
            .map(|(at, _)| at)
            .chain([text.len()])
            .map(|end| u32::try_from(end).unwrap_or(u32::MAX))
            .collect();
        let mut forms =
            Self { slots: vec![0; (ends.len() * 2).next_power_of_two()], text, ends, common };
        for number in 1..=forms.ends.len() {
            let number = u32::try_from(number).unwrap_or(u32::MAX);
            let form = forms.form(number);
            let mut slot = hash(form) as usize & (forms.slots.len() - 1);
            while forms.slots[slot] != 0 {
                slot = (slot + 1) & (forms.slots.len() - 1);
            }
            forms.slots[slot] = number;
        }
        forms
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The number that stands for every name.
    pub(crate) fn name(&self) -> u32 {
        u32::try_from(self.len() + 1).unwrap_or(u32::MAX)
    }

    /// The number by which the network knows a word of this form: that of all names where it is
    /// written with a capital and is no common one.
    pub(crate) fn known(&self, word: &str, form: &str) -> u32 {
        let number = self.number(form);
        let common = number > 0 && number as usize <= self.common;
        if !common && word.chars().any(char::is_uppercase) { self.name() } else { number }
    }

    /// The number of a form; 0 for one that is not known.
    fn number(&self, form: &str) -> u32 {
        let mut slot = hash(form) as usize & (self.slots.len() - 1);
        loop {
            let number = self.slots[slot];
            if number == 0 || self.form(number) == form {
                return number;
            }
            slot = (slot + 1) & (self.slots.len() - 1);
        }
    }

    fn form(&self, number: u32) -> &str {
        let place = number as usize - 1;
        let start = place.checked_sub(1).map_or(0, |before| self.ends[before] as usize + 1);
        &self.text[start..self.ends[place] as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_has_its_number() {
        let forms = Forms::new("a\nbridge\nb\nél", 2);
        let found = ["a", "bridge", "b", "él", "ridge", "", "a\nbridge"].map(|f| forms.number(f));
        assert_eq!(found, [1, 2, 3, 4, 0, 0, 0]);
        assert_eq!(forms.len(), 4);
        let known =
            [("Bridge", "bridge"), ("b", "b"), ("B", "b"), ("Kesh", "kesh"), ("kesh", "kesh")];
        assert_eq!(known.map(|(word, form)| forms.known(word, form)), [2, 3, 5, 5, 0]);
    }
}
