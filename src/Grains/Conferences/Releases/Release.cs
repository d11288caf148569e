using System.Collections.Immutable;
using System.Text.Json.Serialization;
using ConsultHub.Journal;
using ConsultHub.Live;
using ConsultHub.Rostering;

namespace ConsultHub.Conferences.Releases;

/// <summary>A published and numbered state of a programme. Its content never changes.</summary>
/// <param name="Number">The first release of a conference has the number 1.</param>
/// <param name="At">UTC.</param>
/// <param name="Note">The coordinator's note, at most 500 characters.</param>
/// <param name="Settling">
///     Whether rosters are still deciding about some sessions of the release. People are told about the release when the rosters have
///     decided.
/// </param>
/// <param name="Refused">The number of sessions for which a roster refused the change or the new booking.</param>
[GenerateSerializer, Immutable, Alias("hub.Release")]
public sealed record Release(
    [property: Id(0)] int Number,
    [property: Id(1)] DateTimeOffset At,
    [property: Id(2)] PersonId By,
    [property: Id(3)] int Sessions,
    [property: Id(4)] string? Note,
    [property: Id(5)] bool Settling = false,
    [property: Id(6)] int Refused = 0
);

/// <summary>A change in a release that a roster refused.</summary>
/// <param name="Asked">The values that the release would have given the session.</param>
/// <param name="Cancelled">Whether the release wanted to cancel the session.</param>
/// <param name="Codes">Codes of the findings for which the roster refused.</param>
[GenerateSerializer, Immutable, Alias("hub.RefusedChange")]
public sealed record RefusedChange(
    [property: Id(0)] SessionFacts Asked,
    [property: Id(1)] bool Cancelled,
    [property: Id(2), CodesOf<Finding>] ImmutableArray<string> Codes
);

/// <summary>
/// The head of a draft. A draft is a programme that only coordinators see. The head is an item of the topic <c>conference/{id}/draft</c>.
/// </summary>
[GenerateSerializer, Immutable, Alias("hub.DraftHead")]
[JsonTypeName("draft")]
public sealed record DraftHead : TopicItem
{
    public override string Key => "draft";

    [Id(0)]
    public required Conference Conference { get; init; }

    [Id(1)]
    public required DateTimeOffset StartedAt { get; init; }

    [Id(2)]
    public required PersonId StartedBy { get; init; }

    /// <summary>The number of the release before this draft, or 0 if there is none.</summary>
    [Id(3)]
    public required int After { get; init; }
}

/// <summary>A session in a draft.</summary>
[GenerateSerializer, Immutable, Alias("hub.DraftSession")]
[JsonTypeName("draftSession")]
public sealed record DraftSession : TopicItem
{
    public override string Key => $"draft/{Session.Id}";

    [Id(0)]
    public required ConferenceSession Session { get; init; }
}

/// <summary>The new content of a session: everything that can be edited.</summary>
/// <param name="Start">UTC. Null if there is no time yet.</param>
/// <param name="TitleAr">In an edit of the draft, null keeps the title and an empty text removes it, because clients of earlier releases
/// send no such title.</param>
/// <param name="TitleKo">As <paramref name="TitleAr"/>.</param>
[GenerateSerializer, Immutable, Alias("hub.SessionText")]
public sealed record SessionText(
    [property: Id(0)] string Title,
    [property: Id(1)] string? Subtitle,
    [property: Id(2)] string? Abstract,
    [property: Id(3)] DateTimeOffset? Start,
    [property: Id(4)] TimeSpan Duration,
    [property: Id(5)] string Room,
    [property: Id(6)] string? Track,
    [property: Id(7)] string? Kind,
    [property: Id(8)] string? Language,
    [property: Id(9)] ImmutableArray<Speaker> Speakers,
    [property: Id(10)] bool Cancelled,
    [property: Id(11)] string? TitleAr = null,
    [property: Id(12)] string? TitleKo = null
)
{
    public static SessionText Of(ConferenceSession session) =>
        new(
            session.Title,
            session.Subtitle,
            session.Abstract,
            session.Start,
            session.Duration,
            session.Room,
            session.Track,
            session.Kind,
            session.Language,
            session.Speakers,
            session.Cancelled,
            session.TitleAr,
            session.TitleKo
        );
}

/// <summary>A request to add, edit or remove a session of the draft.</summary>
/// <param name="Session">Null for a new session.</param>
/// <param name="Text">Null removes the session from the draft.</param>
/// <param name="ExpectedVersion">The version of the draft's session that the person saw.</param>
[GenerateSerializer, Immutable, Alias("hub.EditDraft")]
public sealed record EditDraft(
    [property: Id(0)] Guid CommandId,
    [property: Id(1)] SessionId? Session,
    [property: Id(2)] SessionText? Text,
    [property: Id(3)] long? ExpectedVersion
);

/// <summary>The answer to a request about a draft.</summary>
/// <param name="Code">
///     Null if the request was done. Otherwise a stable code such as <c>draft.none</c>, <c>draft.exists</c> or <c>draft.settling</c>.
/// </param>
[GenerateSerializer, Immutable, Alias("hub.DraftReply")]
public sealed record DraftReply(
    [property: Id(0)] string? Code = null,
    [property: Id(1)] string? Message = null,
    [property: Id(2)] DraftSession? Session = null,
    [property: Id(3)] Release? Release = null
)
{
    /// <summary>Null if the request was done.</summary>
    [JsonIgnore]
    public Refusal? Refusal => Refusal.Of(Code, Message) is { } refusal ? refusal with { Current = Session } : null;
}

/// <summary>The content of a release, which is sent to the grain that keeps it.</summary>
/// <param name="Programme">The programme as rosters have booked it.</param>
/// <param name="Before">
///     For the first release, the programme before its draft was begun. Null in all other releases and in releases that an earlier version
///     of the software published.
/// </param>
/// <param name="Refused">
///     The changes that rosters refused, by session. Null in releases that an earlier version of the software published.
/// </param>
[GenerateSerializer, Immutable, Alias("hub.KeepRelease")]
public sealed record KeepRelease(
    [property: Id(0)] Release Release,
    [property: Id(1)] Programme Programme,
    [property: Id(2)] Programme? Before = null,
    [property: Id(3)] ImmutableDictionary<SessionId, RefusedChange>? Refused = null
) : OutboxPayload;

/// <summary>One release. Key: <c>{conference}/{number}</c>.</summary>
[Alias("hub.IReleaseGrain")]
public interface IReleaseGrain : IGrainWithStringKey
{
    /// <summary>Returns the release. Null if there is no such release, or if its content has not arrived from the conference yet.</summary>
    [Alias("Get")]
    Task<KeepRelease?> GetAsync();

    /// <summary>Whether the release has the session.</summary>
    [Alias("Has")]
    Task<bool> HasAsync(SessionId session);
}
