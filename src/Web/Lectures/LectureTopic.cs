using ConsultHub.Lectures;
using ConsultHub.Live;
using ConsultHub.Web.Live;

namespace ConsultHub.Web.Lectures;

/// <summary>A lecture as everybody may see it.</summary>
internal sealed record LectureTopic(string Name, SessionId Session) : ITopic<LectureTopic>
{
    public static string KindName => "lecture";

    public static LectureTopic? Parse(string name, string[] parts) =>
        parts is ["lecture", var session] && TextId.TryParse<SessionId>(session, out var id) ? new(name, id) : null;

    public async ValueTask<WatchRule?> RuleAsync(ThingScopes things) =>
        await things.OfLectureAsync(Session, listed: true) is { } of
            ? Access.WatchesLecture(Session, of, await things.SpeakersAsync(Session))
            : null;

    /// <summary>Always true: the rule has found the session.</summary>
    public ValueTask<bool> ExistsAsync(Viewer viewer, IGrainFactory grains, DateTimeOffset now) => new(true);

    public ValueTask<IReadOnlyList<ILiveAuthority>> AuthoritiesAsync(IGrainFactory grains) =>
        new([grains.GetGrain<ILectureGrain>(Session.Value)]);

    public ValueTask<Func<int, TopicItem, TopicItem?>> FilterAsync(IGrainFactory grains) => new((_, item) => ForAttendees(item));

    /// <summary>
    /// Leaves out items that only the crew sees: pending questions, drafts and tallies of polls, raised hands, and captions from backstage.
    /// </summary>
    private static TopicItem? ForAttendees(TopicItem item) =>
        item switch
        {
            Lecture lecture => lecture.ForAttendees(),
            Question { State: QuestionState.Pending }
            or Poll { State: PollState.Draft }
            or PollTally
            or RaisedHand
            or Caption { Backstage: true } => null,
            _ => item,
        };
}

/// <summary>A lecture with everything that its crew sees.</summary>
internal sealed record StageTopic(string Name, SessionId Session) : ITopic<StageTopic>
{
    public static string KindName => "lecturestage";

    public static StageTopic? Parse(string name, string[] parts) =>
        parts is ["lecture", var session, "stage"] && TextId.TryParse<SessionId>(session, out var id) ? new(name, id) : null;

    public async ValueTask<WatchRule?> RuleAsync(ThingScopes things) =>
        await things.OfLectureAsync(Session, listed: true) is null ? null : Access.WatchesStage(Session);

    /// <summary>Always true: the rule has found the session.</summary>
    public ValueTask<bool> ExistsAsync(Viewer viewer, IGrainFactory grains, DateTimeOffset now) => new(true);

    public ValueTask<IReadOnlyList<ILiveAuthority>> AuthoritiesAsync(IGrainFactory grains) =>
        new([grains.GetGrain<ILectureGrain>(Session.Value)]);

    public ValueTask<Func<int, TopicItem, TopicItem?>> FilterAsync(IGrainFactory grains) => new((_, item) => item);
}
