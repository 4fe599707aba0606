//! The vocabulary of time: what a word can do, units, seasons, parts of the day, TIMEX3 modifiers.

use demarche_record::names_of_kinds;

names_of_kinds! {
    /// What a word does in a time expression.
    Role {
        /// "the".
        Article = "article",
        /// "its", "their".
        Possessive = "possessive",
        /// "a", "an".
        Indefinite = "indefinite",
        /// "this".
        This = "this",
        /// "that".
        That = "that",
        /// "same".
        Same = "same",
        /// "last".
        Last = "last",
        /// "past".
        Past = "past",
        /// "previous".
        Previous = "previous",
        /// "next".
        Next = "next",
        /// "following".
        Following = "following",
        /// "coming".
        Coming = "coming",
        /// "current".
        Current = "current",
        /// "latest".
        Latest = "latest",
        /// "recent".
        Recent = "recent",
        /// "ago".
        Ago = "ago",
        /// "earlier" after an amount.
        Earlier = "earlier",
        /// "later" after an amount.
        Later = "later",
        /// "before".
        Before = "before",
        /// "after".
        After = "after",
        /// "of".
        Of = "of",
        /// "in".
        In = "in",
        /// "on".
        On = "on",
        /// "at".
        At = "at",
        /// "from".
        From = "from",
        /// "and".
        And = "and",
        /// "or".
        Or = "or",
        /// "to".
        To = "to",
        /// "until".
        Until = "until",
        /// "through".
        Through = "through",
        /// "between".
        Between = "between",
        /// "within".
        Within = "within",
        /// "for".
        For = "for",
        /// "since".
        Since = "since",
        /// "during".
        During = "during",
        /// "by".
        By = "by",
        /// "half".
        Half = "half",
        /// "couple".
        Couple = "couple",
        /// "each".
        Each = "each",
        /// "per".
        Per = "per",
        /// "fiscal".
        Fiscal = "fiscal",
        /// "calendar", "full" before "year".
        Calendar = "calendar",
        /// "early".
        Early = "early",
        /// "mid".
        Mid = "mid",
        /// "late".
        Late = "late",
        /// "post" in "post-1945".
        Post = "post",
        /// "pre" in "pre-1914".
        Pre = "pre",
        /// "beginning".
        Start = "start",
        /// "middle".
        Middle = "middle",
        /// "end".
        End = "end",
        /// "part", "half" of a year.
        Part = "part",
        /// "latter".
        Latter = "latter",
        /// "former".
        Former = "former",
        /// "more" in "two more weeks".
        More = "more",
        /// "another".
        Another = "another",
        /// "old".
        Old = "old",
        /// "long".
        Long = "long",
        /// "period".
        Period = "period",
        /// "consecutive", "full" between number and unit.
        Consecutive = "consecutive",
        /// "eve".
        Eve = "eve",
        /// "holiday".
        Holiday = "holiday",
        /// "BC".
        Bc = "bc",
        /// "AD".
        Ad = "ad",
        /// "clock" in "o'clock".
        Oclock = "oclock",
        /// "local" in "local time".
        Local = "local",
        /// "time".
        Time = "time",
        /// "so" in "or so".
        So = "so",
        /// "hence".
        FromNow = "from-now",
        /// "other" in "every other day".
        Other = "other",
        /// "twice" before "a week".
        Rate = "rate",
        /// "overnight".
        Overnight = "overnight",
        /// "year" before a year: "the year 2000".
        TheYear = "the-year",
        /// What a number before it counts: "1,990 dollars" is no year.
        Money = "money",
        /// A verb that looks ahead.
        FutureVerb = "future-verb",
        /// A participle or adjective that looks ahead when "to", "for" or "on" follows.
        ForwardVerb = "forward-verb",
        /// A verb in the past.
        PastVerb = "past-verb",
        /// A verb in the present.
        PresentVerb = "present-verb",
        /// "been".
        Been = "past-participle-of-have",
    }
}

names_of_kinds! {
    /// Units of time.
    Unit {
        /// Second.
        Second = "second",
        /// Minute.
        Minute = "minute",
        /// Hour.
        Hour = "hour",
        /// Day.
        Day = "day",
        /// Weekend.
        Weekend = "weekend",
        /// Week.
        Week = "week",
        /// Two weeks.
        Fortnight = "fortnight",
        /// Month.
        Month = "month",
        /// Quarter of a year.
        Quarter = "quarter",
        /// Year.
        Year = "year",
        /// Ten years.
        Decade = "decade",
        /// A hundred years.
        Century = "century",
        /// A thousand years.
        Millennium = "millennium",
        /// No length: "moment".
        Moment = "moment",
    }
}

names_of_kinds! {
    /// Seasons of the northern hemisphere with their TIMEX3 codes.
    Season {
        /// Spring.
        Spring = "SP",
        /// Summer.
        Summer = "SU",
        /// Autumn.
        Autumn = "FA",
        /// Winter.
        Winter = "WI",
    }
}

names_of_kinds! {
    /// Parts of the day with their TIMEX3 codes.
    DayPart {
        /// Morning.
        Morning = "MO",
        /// Afternoon.
        Afternoon = "AF",
        /// Evening.
        Evening = "EV",
        /// Night.
        Night = "NI",
        /// Daytime.
        Daytime = "DT",
    }
}

names_of_kinds! {
    /// TIMEX3 values of vague times.
    Vague {
        /// Some time before.
        Past = "PAST_REF",
        /// About now.
        Present = "PRESENT_REF",
        /// Some time to come.
        Future = "FUTURE_REF",
    }
}

names_of_kinds! {
    /// TIMEX3 modifiers.
    Modifier {
        /// Earlier than.
        Before = "BEFORE",
        /// Later than.
        After = "AFTER",
        /// Not after.
        OnOrBefore = "ON_OR_BEFORE",
        /// Not before.
        OnOrAfter = "ON_OR_AFTER",
        /// Shorter than.
        LessThan = "LESS_THAN",
        /// Longer than.
        MoreThan = "MORE_THAN",
        /// Not longer than.
        EqualOrLess = "EQUAL_OR_LESS",
        /// Not shorter than.
        EqualOrMore = "EQUAL_OR_MORE",
        /// The first part of it.
        Start = "START",
        /// Its middle.
        Mid = "MID",
        /// Its last part.
        End = "END",
        /// About.
        Approx = "APPROX",
    }
}
