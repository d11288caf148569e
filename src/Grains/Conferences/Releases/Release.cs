using System.Collections.Immutable;
using ConsultHub.Journal;
using ConsultHub.Live;

namespace ConsultHub.Conferences.Releases;

/// <summary>A numbered state of a programme that was published. What it says never changes.</summary>
/// <param name="Number">From 1.</param>
/// <param name="At">UTC.</param>
/// <param name="Note">What the coordinator says of it, at most 500 characters.</param>
/// <param name="Settling">Rosters still decide about some of its sessions; nobody has been told of it yet.</param>
/// <param name="Refused">How many sessions stayed as they were since a roster refused the change.</param>
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

/// <summary>A change of a release that a roster refused: the session stays as it was.</summary>
/// <param name="Asked">What the release asked for.</param>
/// <param name="Cancelled">Whether the session was to be cancelled.</param>
/// <param name="Codes">Why the roster refused; codes as in findings.</param>
[GenerateSerializer, Immutable, Alias("hub.RefusedChange")]
public sealed record RefusedChange(
    [property: Id(0)] SessionFacts Asked,
    [property: Id(1)] bool Cancelled,
    [property: Id(2)] ImmutableArray<string> Codes
);

/// <summary>A programme that coordinators work on and nobody else sees. Topic item of <c>conference/{id}/draft</c>.</summary>
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

    /// <summary>The release it is to follow; 0 where there is none.</summary>
    [Id(3)]
    public required int After { get; init; }
}

/// <summary>A session as the draft has it.</summary>
[GenerateSerializer, Immutable, Alias("hub.DraftSession")]
[JsonTypeName("draftSession")]
public sealed record DraftSession : TopicItem
{
    public override string Key => $"draft/{Session.Id}";

    [Id(0)]
    public required ConferenceSession Session { get; init; }
}

/// <summary>A session as it is to be in the draft: all that can be edited of it.</summary>
/// <param name="Start">UTC; null: no time yet.</param>
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
    [property: Id(10)] bool Cancelled
);

/// <param name="Session">Null: a new one.</param>
/// <param name="Text">Null: the session leaves the draft.</param>
/// <param name="ExpectedVersion">The version of the draft's session that the person saw.</param>
[GenerateSerializer, Immutable, Alias("hub.EditDraft")]
public sealed record EditDraft(
    [property: Id(0)] Guid CommandId,
    [property: Id(1)] SessionId? Session,
    [property: Id(2)] SessionText? Text,
    [property: Id(3)] long? ExpectedVersion
);

/// <param name="Code">Null where it was done, else a stable code such as <c>draft.none</c>, <c>draft.exists</c>,
/// <c>draft.unchanged</c>.</param>
[GenerateSerializer, Immutable, Alias("hub.DraftReply")]
public sealed record DraftReply(
    [property: Id(0)] string? Code = null,
    [property: Id(1)] string? Message = null,
    [property: Id(2)] DraftSession? Session = null,
    [property: Id(3)] Release? Release = null
);

/// <summary>What a release says, for the grain that keeps it.</summary>
/// <param name="Programme">As rosters have booked it.</param>
/// <param name="Before">With the first release: the programme before its draft was begun. Null for releases of earlier versions.</param>
/// <param name="Refused">What rosters refused, by session. Null for releases of earlier versions.</param>
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
    /// <summary>Null where there is no such release, or its conference's message is still on its way.</summary>
    [Alias("Get")]
    Task<KeepRelease?> GetAsync();
}
