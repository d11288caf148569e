using System.Collections.Immutable;
using ConsultHub.Journal;
using ConsultHub.Live;

namespace ConsultHub.Lectures;

/// <summary>
/// A lecture with its questions, polls, captions and other items. This state results from the entries of the journal.
/// <see cref="LectureLimits"/> limit its size.
/// </summary>
[GenerateSerializer, Immutable, Alias("hub.LectureRoom")]
public sealed record LectureRoom : IAuthorityState<LectureRoom, LectureEvent>
{
    private const int TombstonesKept = 500;

    /// <summary>Null until the room is opened.</summary>
    [Id(0)]
    public Lecture? Lecture { get; init; }

    [Id(1)]
    public ImmutableSortedDictionary<int, Question> Questions { get; init; } = ImmutableSortedDictionary<int, Question>.Empty;

    /// <summary>The asker of each question.</summary>
    [Id(2)]
    public ImmutableDictionary<int, PersonId> Askers { get; init; } = ImmutableDictionary<int, PersonId>.Empty;

    /// <summary>The voters of each question.</summary>
    [Id(3)]
    public ImmutableDictionary<int, ImmutableHashSet<PersonId>> Voters { get; init; } =
        ImmutableDictionary<int, ImmutableHashSet<PersonId>>.Empty;

    [Id(4)]
    public int LastQuestion { get; init; }

    [Id(5)]
    public ImmutableSortedDictionary<int, Poll> Polls { get; init; } = ImmutableSortedDictionary<int, Poll>.Empty;

    [Id(6)]
    public ImmutableDictionary<int, PollTally> Tallies { get; init; } = ImmutableDictionary<int, PollTally>.Empty;

    /// <summary>The votes in open polls, by poll and person. For a closed poll, only the counts are kept.</summary>
    [Id(7)]
    public ImmutableDictionary<int, ImmutableDictionary<PersonId, int>> Ballots { get; init; } =
        ImmutableDictionary<int, ImmutableDictionary<PersonId, int>>.Empty;

    [Id(8)]
    public int LastPoll { get; init; }

    /// <summary>Every caption line of each language. Line n is at index n - 1.</summary>
    [Id(9)]
    public ImmutableSortedDictionary<string, ImmutableList<Caption>> Captions { get; init; } =
        ImmutableSortedDictionary.Create<string, ImmutableList<Caption>>(StringComparer.Ordinal);

    /// <summary>
    /// The newest announcements, oldest first. The last <see cref="LectureAnnouncement.Kept"/> of them are also items of the topic.
    /// </summary>
    [Id(10)]
    public ImmutableArray<LectureAnnouncement> Announcements { get; init; } = [];

    [Id(11)]
    public ImmutableDictionary<PersonId, RaisedHand> Hands { get; init; } = ImmutableDictionary<PersonId, RaisedHand>.Empty;

    [Id(12)]
    public LecturePulse Pulse { get; init; } = new();

    [Id(13)]
    public ImmutableList<SlideTurn> SlideTurns { get; init; } = [];

    [Id(14)]
    public ImmutableList<StageTurn> StageTurns { get; init; } = [];

    [Id(15)]
    public ImmutableArray<Tombstone> KeptTombstones { get; init; } = [];

    /// <summary>Tombstones up to this version may have been deleted.</summary>
    [Id(16)]
    public long ForgottenUpTo { get; init; }

    [Id(17)]
    public ImmutableList<FeaturedTurn> FeaturedTurns { get; init; } = [];

    /// <summary>The vote counts of each question, with the times at which they changed.</summary>
    [Id(18)]
    public ImmutableDictionary<int, ImmutableList<VoteTurn>> VoteTurns { get; init; } =
        ImmutableDictionary<int, ImmutableList<VoteTurn>>.Empty;

    public LectureRoom Apply(JournalEntry<LectureEvent> entry)
    {
        var room = this;
        foreach (var happened in entry.Events)
            room = room.Apply(happened, entry);
        return room;
    }

    private LectureRoom Apply(LectureEvent happened, JournalEntry<LectureEvent> entry) =>
        happened switch
        {
            LectureChanged changed => Changed(changed.Lecture with { Version = entry.Version }, entry.At),
            QuestionAsked asked => this with
            {
                Questions = Questions.SetItem(asked.Question.Number, asked.Question with { Version = entry.Version }),
                Askers = Askers.SetItem(asked.Question.Number, asked.By),
                LastQuestion = asked.Question.Number,
            },
            QuestionChanged changed => this with
            {
                Questions = Questions.SetItem(changed.Question.Number, changed.Question with { Version = entry.Version }),
            },
            QuestionGone gone => Without(gone, entry.Version, entry.At),
            PollChanged changed => Changed(changed.Poll with { Version = entry.Version }),
            PollDropped dropped => (this with { Polls = Polls.Remove(dropped.Number) }).WithTombstone(
                $"poll/{dropped.Number}",
                entry.Version
            ),
            VotesCast cast => Counted(cast, entry.Version, entry.At),
            CaptionWritten written => this with
            {
                Captions = Captions.SetItem(written.Caption.Language, Written(written.Caption with { Version = entry.Version })),
            },
            Announced announced => this with
            {
                Announcements =
                [
                    .. Announcements.TakeLast(LectureLimits.Announcements - 1),
                    announced.Announcement with
                    {
                        Version = entry.Version,
                    },
                ],
            },
            HandRaised raised => With(Tombstones.Without(new HashSet<string> { raised.Hand.Key })) with
            {
                Hands = Hands.SetItem(raised.Hand.Person, raised.Hand with { Version = entry.Version }),
            },
            HandLowered lowered => (this with { Hands = Hands.Remove(lowered.Person) }).WithTombstone(
                $"hand/{lowered.Person}",
                entry.Version
            ),
            PulseCounted counted => this with { Pulse = counted.Pulse with { Version = entry.Version } },
            _ => throw new InvalidOperationException($"A lecture has no rule for the event {happened.GetType().Name}."),
        };

    private LectureRoom Changed(Lecture after, DateTimeOffset at)
    {
        var (slides, stages, featured) = (SlideTurns, StageTurns, FeaturedTurns);
        if (Lecture is null || after.Stage != Lecture.Stage)
            stages = stages.Add(new(at, after.Stage));
        if ((after.Page, after.Slides) != (Lecture?.Page ?? 0, Lecture?.Slides) && slides.Count < LectureLimits.SlideTurns)
            slides = slides.Add(new(at, after.Slides, after.Page));
        if (after.Featured != Lecture?.Featured && featured.Count < LectureLimits.FeaturedTurns)
            featured = featured.Add(new(at, after.Featured));
        return this with { Lecture = after, SlideTurns = slides, StageTurns = stages, FeaturedTurns = featured };
    }

    private LectureRoom Changed(Poll poll)
    {
        var before = Polls.GetValueOrDefault(poll.Number);
        var room = this with { Polls = Polls.SetItem(poll.Number, poll), LastPoll = Math.Max(LastPoll, poll.Number) };
        if (poll.State == PollState.Open && before?.State != PollState.Open)
            return room with
            {
                Ballots = Ballots.SetItem(poll.Number, ImmutableDictionary<PersonId, int>.Empty),
                Tallies = Tallies.SetItem(
                    poll.Number,
                    new PollTally
                    {
                        Number = poll.Number,
                        Counts = [.. poll.Choices.Select(_ => 0)],
                        Voters = 0,
                        Version = poll.Version,
                    }
                ),
            };
        return poll.State is PollState.Closed or PollState.Shown ? room with { Ballots = Ballots.Remove(poll.Number) } : room;
    }

    private LectureRoom Without(QuestionGone gone, long version, DateTimeOffset at)
    {
        var room = this with
        {
            Questions = Questions.Remove(gone.Number),
            Askers = Askers.Remove(gone.Number),
            Voters = Voters.Remove(gone.Number),
            VoteTurns = VoteTurns.Remove(gone.Number),
        };
        if (gone.Into is { } into && Questions.TryGetValue(into, out var target))
        {
            var voters = VotersOf(into).Union(VotersOf(gone.Number));
            room = room.WithVotes(target, voters, version, at);
        }
        return room.WithTombstone($"question/{gone.Number}", version);
    }

    /// <summary>
    /// Counts people, not votes. A second vote for a question changes nothing, and a second vote in a poll replaces the first.
    /// </summary>
    private LectureRoom Counted(VotesCast cast, long version, DateTimeOffset at)
    {
        var room = this;
        foreach (var votes in cast.Questions.GroupBy(v => v.Question))
        {
            if (!room.Questions.TryGetValue(votes.Key, out var question))
                continue;
            var voters = room.VotersOf(votes.Key).ToBuilder();
            foreach (var vote in votes)
                if (vote.For)
                    voters.Add(vote.Person);
                else
                    voters.Remove(vote.Person);
            room = room.WithVotes(question, voters.ToImmutable(), version, at);
        }
        foreach (var ballots in cast.Ballots.GroupBy(b => b.Poll))
        {
            if (!room.Ballots.TryGetValue(ballots.Key, out var known))
                continue;
            var (counts, all) = (room.Tallies[ballots.Key].Counts.ToArray(), known.ToBuilder());
            foreach (var ballot in ballots)
            {
                if (all.TryGetValue(ballot.Person, out var before))
                    Count(counts, before, -1);
                Count(counts, ballot.Choices, 1);
                all[ballot.Person] = ballot.Choices;
            }
            room = room with
            {
                Ballots = room.Ballots.SetItem(ballots.Key, all.ToImmutable()),
                Tallies = room.Tallies.SetItem(
                    ballots.Key,
                    new PollTally
                    {
                        Number = ballots.Key,
                        Counts = [.. counts],
                        Voters = all.Count,
                        Version = version,
                    }
                ),
            };
        }
        return room;
    }

    /// <summary>
    /// Stores the new number of votes with its time. If too many changes are then stored for the question, one of them is removed: the
    /// change whose two neighbours, before and after it, are closest together in time.
    /// </summary>
    private LectureRoom WithVotes(Question question, ImmutableHashSet<PersonId> voters, long version, DateTimeOffset at)
    {
        // Earlier releases did not store the times of votes. Such votes count as if they were cast when the question was approved.
        var turns =
            VoteTurns.GetValueOrDefault(question.Number)
            ?? (question.Votes > 0 ? [new(question.ApprovedAt ?? question.At, question.Votes)] : []);
        if (voters.Count != question.Votes)
            turns = turns.Add(new(at, voters.Count));
        if (turns.Count > LectureLimits.VoteTurns)
            turns = turns.RemoveAt(Enumerable.Range(1, turns.Count - 2).MinBy(i => turns[i + 1].At - turns[i - 1].At));
        return this with
        {
            Voters = Voters.SetItem(question.Number, voters),
            Questions = Questions.SetItem(question.Number, question with { Votes = voters.Count, Version = version }),
            VoteTurns = VoteTurns.SetItem(question.Number, turns),
        };
    }

    private static void Count(int[] counts, int choices, int by)
    {
        for (var i = 0; i < counts.Length; i++)
            if ((choices & (1 << i)) != 0)
                counts[i] += by;
    }

    private ImmutableList<Caption> Written(Caption caption)
    {
        var lines = Captions.GetValueOrDefault(caption.Language) ?? [];
        return caption.Number <= lines.Count ? lines.SetItem(caption.Number - 1, caption) : lines.Add(caption);
    }

    public ImmutableHashSet<PersonId> VotersOf(int question) => Voters.GetValueOrDefault(question) ?? [];

    private LectureRoom WithTombstone(string key, long version) => With(Tombstones.With([key], version, TombstonesKept));

    public IEnumerable<TopicItem> ItemsSince(long version)
    {
        IEnumerable<TopicItem?> all =
        [
            Lecture,
            .. Questions.Values,
            .. Polls.Values,
            .. Tallies.Values,
            .. Announcements.TakeLast(LectureAnnouncement.Kept),
            .. Hands.Values,
            Lecture is null ? null : Pulse,
        ];
        foreach (var item in all)
            if (item is not null && item.Version > version)
                yield return item;
        foreach (var lines in Captions.Values)
            for (var i = lines.Count - 1; i >= Math.Max(0, lines.Count - Caption.Kept); i--)
                if (lines[i].Version > version)
                    yield return lines[i];
    }

    public Tombstones Tombstones => new(KeptTombstones, ForgottenUpTo);

    private LectureRoom With(Tombstones tombstones) => this with { KeptTombstones = tombstones.Kept, ForgottenUpTo = tombstones.From };
}
