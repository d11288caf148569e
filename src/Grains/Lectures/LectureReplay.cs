using System.Collections.Immutable;
using ConsultHub.Live;

namespace ConsultHub.Lectures;

/// <summary>What a lecture showed in a span of time, for watching again in step.</summary>
/// <param name="From">UTC. Later than it was asked for where more happened than one answer holds.</param>
/// <param name="Settled">Nothing of this span is still to come: captions may be written a minute after what they say.</param>
/// <param name="Moments">By time. Those that are not after <paramref name="From"/> say how it stood then.</param>
[GenerateSerializer, Immutable, Alias("hub.LectureMoments")]
public sealed record LectureMoments(
    [property: Id(0)] DateTimeOffset From,
    [property: Id(1)] DateTimeOffset To,
    [property: Id(2)] bool Settled,
    [property: Id(3)] ImmutableArray<LectureMoment> Moments
);

/// <summary>From here on this is shown: either of the two. An item takes the place of the one with its key.</summary>
[GenerateSerializer, Immutable, Alias("hub.LectureMoment")]
public sealed record LectureMoment(
    [property: Id(0)] DateTimeOffset At,
    [property: Id(1)] LectureScene? Scene,
    [property: Id(2)] TopicItem? Item = null
);

/// <summary>What is shown to everybody.</summary>
/// <param name="Slides">Null: none.</param>
/// <param name="Page">From 1; 0 without slides.</param>
/// <param name="Featured">The question that is shown large.</param>
[GenerateSerializer, Immutable, Alias("hub.LectureScene")]
public sealed record LectureScene([property: Id(0)] SlideDeck? Slides, [property: Id(1)] int Page, [property: Id(2)] int? Featured);

/// <summary>
/// What a lecture showed at any instant, from the times that its room keeps: the items of the topic as they were, questions with the votes
/// that they had, all with the words of today.
/// What was dismissed or taken away since is not shown again. What came of a poll is fixed when it is shown, so that it is the same at any
/// instant.
/// </summary>
public static class LectureReplay
{
    /// <summary>What one answer holds at most, besides how it stood at the beginning.</summary>
    public const int MostMoments = 2_000;

    public static readonly TimeSpan LongestSpan = TimeSpan.FromMinutes(10);

    /// <summary>As long after it was said as a line may be written, <see cref="WriteCaption.SecondsAgo"/>, and stored.</summary>
    private static readonly TimeSpan Settles = TimeSpan.FromSeconds(75);

    /// <param name="to">Not included.</param>
    public static LectureMoments Between(LectureRoom room, DateTimeOffset from, DateTimeOffset to, DateTimeOffset now)
    {
        var all = Scenes(room).Concat(Items(room)).Where(m => m.At < to).OrderBy(m => m.At).ToList();
        var begin = Math.Max(all.Count(m => m.At <= from), all.Count - MostMoments);
        var stood = all.Take(begin).GroupBy(m => m.Item?.Key).Select(m => m.Last()).OrderBy(m => m.At);
        return new(
            begin > 0 && all[begin - 1].At > from ? all[begin - 1].At : from,
            to,
            to <= now - Settles,
            [.. stood, .. all.Skip(begin)]
        );
    }

    private static IEnumerable<LectureMoment> Scenes(LectureRoom room)
    {
        var scene = new LectureScene(null, 0, null);
        var turns = room
            .SlideTurns.Select(t => (t.At, Turn: (Func<LectureScene, LectureScene>)(s => s with { Slides = t.Deck, Page = t.Page })))
            .Concat(
                room.FeaturedTurns.Select(t => (t.At, Turn: (Func<LectureScene, LectureScene>)(s => s with { Featured = t.Question })))
            );
        foreach (var (at, turn) in turns.OrderBy(t => t.At))
            yield return new(at, scene = turn(scene));
    }

    private static IEnumerable<LectureMoment> Items(LectureRoom room) =>
        room
            .Questions.Values.SelectMany(q => Of(q, room.VoteTurns.GetValueOrDefault(q.Number) ?? []))
            .Concat(room.Polls.Values.SelectMany(Of))
            .Concat(room.Announcements.Select(a => new LectureMoment(a.At, null, a)))
            .Concat(room.Captions.Values.SelectMany(lines => lines).Where(c => !c.Backstage).Select(c => new LectureMoment(c.At, null, c)));

    /// <summary>Everybody sees a question once it is approved.</summary>
    /// <param name="votes">In order; empty where they were not kept: then those of today.</param>
    private static IEnumerable<LectureMoment> Of(Question question, ImmutableList<VoteTurn> votes)
    {
        if (question.State == QuestionState.Pending)
            yield break;
        var seen = question.ApprovedAt ?? question.At;
        foreach (
            var at in votes.Select(v => v.At).Append(question.AnsweredAt ?? seen).Where(at => at > seen).Append(seen).Distinct().Order()
        )
        {
            var isAnswered = question.AnsweredAt <= at;
            yield return new(
                at,
                null,
                question with
                {
                    State = isAnswered ? QuestionState.Answered : QuestionState.Approved,
                    AnsweredAt = isAnswered ? question.AnsweredAt : null,
                    Votes = votes.Count == 0 ? question.Votes : votes.LastOrDefault(v => v.At <= at)?.Votes ?? 0,
                }
            );
        }
    }

    /// <summary>Everybody sees a poll once it is open, and what came of it once that is shown.</summary>
    private static IEnumerable<LectureMoment> Of(Poll poll)
    {
        if (poll.OpenedAt is not { } opened)
            yield break;
        var unseen = poll with { Counts = [], Voters = 0 };
        // Where it is not known when it was closed or shown, it was so all along.
        if (poll.State == PollState.Open || poll.ClosedAt is not null)
            yield return new(opened, null, unseen with { State = PollState.Open });
        if (poll.State != PollState.Open)
            yield return new(poll.ClosedAt ?? opened, null, unseen with { State = PollState.Closed });
        if (poll.State == PollState.Shown)
            yield return new(poll.ShownAt ?? opened, null, poll);
    }
}
