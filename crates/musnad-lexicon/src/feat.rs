//! What an inflected form is: tense, voice, person, number, gender, state.

/// Grammatical features of one form, packed into 32 bits so that an index entry stays eight bytes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Feat(pub u32);

/// What part of a verb's paradigm, or what kind of noun, a form is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
#[repr(u8)]
pub enum Part {
    /// Not inflected, or not a verb's or noun's form.
    #[default]
    None = 0,
    /// Perfect: قال "he said".
    Past = 1,
    /// Imperfect, whatever its mood: يقول "he says".
    Present = 2,
    /// Imperative: قل "say!".
    Imperative = 3,
    /// Verbal noun: قول "saying".
    Masdar = 4,
    /// Active participle: قائل "saying", مؤكدا "affirming".
    Active = 5,
    /// Passive participle: معتقل "detained".
    Passive = 6,
    /// A noun of the lexicons.
    Noun = 7,
    /// An adjective of belonging: روسي "Russian".
    Nisba = 8,
    /// A name that stands for another: the capital for its state.
    Metonym = 9,
}

/// Grammatical number.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[repr(u8)]
pub enum Number {
    /// One.
    Singular = 0,
    /// Two.
    Dual = 1,
    /// More than two.
    Plural = 2,
}

impl Feat {
    /// A form of the given part, third person masculine singular, active, indefinite until told otherwise.
    #[must_use]
    pub const fn of(part: Part) -> Self {
        Feat(part as u32)
    }
    /// With the person, 1 to 3.
    #[must_use]
    pub const fn person(self, person: u8) -> Self {
        Feat(self.0 & !(3 << 4) | (person as u32 & 3) << 4)
    }
    /// With the number.
    #[must_use]
    pub const fn number(self, number: Number) -> Self {
        Feat(self.0 & !(3 << 6) | (number as u32) << 6)
    }
    /// Feminine.
    #[must_use]
    pub const fn feminine(self) -> Self {
        Feat(self.0 | 1 << 8)
    }
    /// Passive voice (only where the letters show it: يقال, قيل) or spelled like the passive (اعتقل).
    #[must_use]
    pub const fn passive(self) -> Self {
        Feat(self.0 | 1 << 9)
    }
    /// Accusative shown by a final alef: مؤكدا, بيانا.
    #[must_use]
    pub const fn accusative(self) -> Self {
        Feat(self.0 | 1 << 10)
    }
    /// A dual or sound plural that has lost its nun before a complement or a pronoun: مسؤولو, وزيري.
    #[must_use]
    pub const fn construct(self) -> Self {
        Feat(self.0 | 1 << 11)
    }
    /// Oblique (accusative or genitive) dual or sound plural: مسؤولين.
    #[must_use]
    pub const fn oblique(self) -> Self {
        Feat(self.0 | 1 << 12)
    }
    /// A human being or group of them (for nouns of the lexicons).
    #[must_use]
    pub const fn human(self) -> Self {
        Feat(self.0 | 1 << 13)
    }
    /// A name that more often means something else (الحياة "life", a paper): to be taken only where quotation marks, a word
    /// before it or the rest of the report speak for it.
    #[must_use]
    pub const fn doubtful(self) -> Self {
        Feat(self.0 | 1 << 14)
    }

    /// The part.
    #[must_use]
    pub const fn part(self) -> Part {
        match self.0 & 15 {
            1 => Part::Past,
            2 => Part::Present,
            3 => Part::Imperative,
            4 => Part::Masdar,
            5 => Part::Active,
            6 => Part::Passive,
            7 => Part::Noun,
            8 => Part::Nisba,
            9 => Part::Metonym,
            _ => Part::None,
        }
    }
    /// The person, 1 to 3; 0 where person does not apply.
    #[must_use]
    pub const fn get_person(self) -> u8 {
        (self.0 >> 4 & 3) as u8
    }
    /// The number.
    #[must_use]
    pub const fn get_number(self) -> Number {
        match self.0 >> 6 & 3 {
            1 => Number::Dual,
            2 => Number::Plural,
            _ => Number::Singular,
        }
    }
    /// Whether feminine.
    #[must_use]
    pub const fn is_feminine(self) -> bool {
        self.0 >> 8 & 1 == 1
    }
    /// Whether passive is meant or possible by the spelling.
    #[must_use]
    pub const fn is_passive(self) -> bool {
        self.0 >> 9 & 1 == 1
    }
    /// Whether accusative by a final alef.
    #[must_use]
    pub const fn is_accusative(self) -> bool {
        self.0 >> 10 & 1 == 1
    }
    /// Whether in construct state by its spelling.
    #[must_use]
    pub const fn is_construct(self) -> bool {
        self.0 >> 11 & 1 == 1
    }
    /// Whether oblique.
    #[must_use]
    pub const fn is_oblique(self) -> bool {
        self.0 >> 12 & 1 == 1
    }
    /// Whether a human being or a group of them.
    #[must_use]
    pub const fn is_human(self) -> bool {
        self.0 >> 13 & 1 == 1
    }
    /// Whether a name that wants evidence before it is taken for one.
    #[must_use]
    pub const fn is_doubtful(self) -> bool {
        self.0 >> 14 & 1 == 1
    }
    /// Whether finite: past, present or imperative.
    #[must_use]
    pub const fn is_finite(self) -> bool {
        matches!(self.part(), Part::Past | Part::Present | Part::Imperative)
    }
}

impl std::fmt::Debug for Feat {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?}", self.part())?;
        if self.get_person() > 0 {
            write!(f, " {}", self.get_person())?;
        }
        let number = match self.get_number() {
            Number::Singular => "",
            Number::Dual => " dual",
            Number::Plural => " plural",
        };
        f.write_str(number)?;
        for (on, name) in [
            (self.is_feminine(), " feminine"),
            (self.is_passive(), " passive"),
            (self.is_accusative(), " accusative"),
            (self.is_construct(), " construct"),
            (self.is_oblique(), " oblique"),
            (self.is_human(), " human"),
            (self.is_doubtful(), " doubtful"),
        ] {
            if on {
                f.write_str(name)?;
            }
        }
        Ok(())
    }
}
