using System.Collections.Immutable;
using ConsultHub.Live;

namespace ConsultHub.Lectures;

/// <summary>The content that a lecture showed in a span of time, for a synchronised replay.</summary>
/// <param name="From">UTC. It is later than requested if more happened than one answer can hold.</param>
/// <param name="Settled">
///     Whether no more captions are added to the span. A caption can arrive a minute after its words were spoken. Texts can still be
///     corrected or removed.
/// </param>
/// <param name="Moments">In order of time. Moments at or before <paramref name="From"/> describe the situation at the beginning.</param>
[GenerateSerializer, Immutable, Alias("hub.LectureMoments")]
public sealed record LectureMoments(
    [property: Id(0)] DateTimeOffset From,
    [property: Id(1)] DateTimeOffset To,
    [property: Id(2)] bool Settled,
    [property: Id(3)] ImmutableArray<LectureMoment> Moments
);

/// <summary>
/// The moment from which a scene or an item is shown. Either the scene is set or the item. An item replaces the earlier item with the same
/// key.
/// </summary>
[GenerateSerializer, Immutable, Alias("hub.LectureMoment")]
public sealed record LectureMoment(
    [property: Id(0)] DateTimeOffset At,
    [property: Id(1)] LectureScene? Scene,
    [property: Id(2)] TopicItem? Item = null
);

/// <summary>The slides and the question that everybody sees at one moment.</summary>
/// <param name="Slides">Null if there are none.</param>
/// <param name="Page">From 1. It is 0 if there are no slides.</param>
/// <param name="Featured">The question that is shown large.</param>
[GenerateSerializer, Immutable, Alias("hub.LectureScene")]
public sealed record LectureScene([property: Id(0)] SlideDeck? Slides, [property: Id(1)] int Page, [property: Id(2)] int? Featured);

/// <summary>
/// Computes what a lecture showed at any instant, from the times that are stored in its <see cref="LectureRoom"/>. Each question has the
/// number of votes that it had at that instant. Texts have their present content, also at instants before a correction. A question or a
/// caption line that was removed later is not shown. The result of a poll does not change after it was shown, so the result is the same at
/// every later instant.
/// </summary>
public static class LectureReplay
{
    /// <summary>How many moments one answer has at most. The moments for the situation at the beginning are not counted.</summary>
    public const int MostMoments = 2_000;

    public static readonly TimeSpan LongestSpan = TimeSpan.FromMinutes(10);

    /// <summary>
    /// The longest time from the spoken words until their caption is stored. A caption can be up to 60 seconds late (see
    /// <see cref="WriteCaption.SecondsAgo"/>), and storing it takes time too.
    /// </summary>
    private static readonly TimeSpan Settles = TimeSpan.FromSeconds(75);

    /// <summary>Returns what a lecture showed between two instants.</summary>
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

    /// <summary>Returns the states of a question since it was approved, each with the time at which that state began.</summary>
    /// <param name="votes">
    ///     In order. If the list is empty, there were no votes or their times were not stored. The present number of votes is then used for
    ///     every state.
    /// </param>
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

    /// <summary>
    /// Returns the states of a poll since it was opened, each with the time at which that state began. Only the last state, in which the
    /// result is shown, contains the result.
    /// </summary>
    private static IEnumerable<LectureMoment> Of(Poll poll)
    {
        if (poll.OpenedAt is not { } opened)
            yield break;
        var unseen = poll with { Counts = [], Voters = 0 };
        // If the time of closing or showing was not stored, the poll counts as closed or shown from its opening on.
        if (poll.State == PollState.Open || poll.ClosedAt is not null)
            yield return new(opened, null, unseen with { State = PollState.Open });
        if (poll.State != PollState.Open)
            yield return new(poll.ClosedAt ?? opened, null, unseen with { State = PollState.Closed });
        if (poll.State == PollState.Shown)
            yield return new(poll.ShownAt ?? opened, null, poll);
    }
}
