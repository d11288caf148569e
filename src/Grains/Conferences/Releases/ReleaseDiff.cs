using System.Collections.Immutable;

namespace ConsultHub.Conferences.Releases;

/// <summary>A way in which a session differs between two programmes.</summary>
public enum SessionChange
{
    Added,
    Removed,
    Cancelled,
    Restored,
    Time,
    Room,
    Speakers,
    Title,
    Text,
    NotBooked,
}

/// <summary>The differences of one session between two states of a programme.</summary>
/// <param name="Title">The title now, or the last title if the session was removed.</param>
/// <param name="Before">Null if the session was added.</param>
/// <param name="After">Null if the session was removed.</param>
/// <param name="Refused">The change that a roster refused. Null if nothing was refused.</param>
[GenerateSerializer, Immutable, Alias("hub.SessionDifference")]
public sealed record SessionDifference(
    [property: Id(0)] SessionId Session,
    [property: Id(1)] string Title,
    [property: Id(2)] ImmutableArray<SessionChange> Changes,
    [property: Id(3)] SessionFacts? Before,
    [property: Id(4)] SessionFacts? After,
    [property: Id(5)] RefusedChange? Refused = null
)
{
    /// <summary>Whether a person who wants to attend the session must know about the change.</summary>
    public bool Concerns =>
        Changes.Any(c =>
            c is SessionChange.Removed or SessionChange.Cancelled or SessionChange.Restored or SessionChange.Time or SessionChange.Room
        );

    /// <summary>The consultants who speak in the session now or spoke in it before.</summary>
    public IEnumerable<PersonId> Consultants =>
        new[] { Before, After }.OfType<SessionFacts>().SelectMany(f => f.Speakers).Select(s => s.Consultant).OfType<PersonId>().Distinct();

    internal SessionDifference WithoutSpeakers() =>
        this with
        {
            Before = Before is null ? null : Before with { Speakers = [] },
            After = After is null ? null : After with { Speakers = [] },
        };
}

/// <summary>The values of a session that a difference shows.</summary>
[GenerateSerializer, Immutable, Alias("hub.SessionFacts")]
public sealed record SessionFacts(
    [property: Id(0)] string Title,
    [property: Id(1)] DateTimeOffset? Start,
    [property: Id(2)] TimeSpan Duration,
    [property: Id(3)] string Room,
    [property: Id(4)] ImmutableArray<Speaker> Speakers
)
{
    internal static SessionFacts Of(ConferenceSession session) =>
        new(session.Title, session.Start, session.Duration, session.Room, session.Speakers);
}

/// <summary>Finds the differences between two states of a programme. Pure.</summary>
public static class ReleaseDiff
{
    /// <summary>Returns the differences in order of time. Sessions without a time come last.</summary>
    /// <param name="refused">The changes that rosters refused, by session. The differences contain them too.</param>
    public static ImmutableArray<SessionDifference> Between(
        Programme before,
        Programme after,
        IReadOnlyDictionary<SessionId, RefusedChange>? refused = null
    )
    {
        var (old, now) = (before.Sessions.ToDictionary(s => s.Id), after.Sessions.ToDictionary(s => s.Id));
        var zones = new Zones(before.Conference.TimeZone, after.Conference.TimeZone);
        return
        [
            .. old
                .Keys.Union(now.Keys)
                .Select(id => Of(old.GetValueOrDefault(id), now.GetValueOrDefault(id), zones, refused?.GetValueOrDefault(id)))
                .OfType<SessionDifference>()
                .OrderBy(d => (d.After ?? d.Before)!.Start ?? DateTimeOffset.MaxValue)
                .ThenBy(d => d.Session.Value, StringComparer.Ordinal),
        ];
    }

    /// <summary>Returns the differences between two states of one session in the same time zone. Null if there are none.</summary>
    internal static SessionDifference? OfOne(ConferenceSession before, ConferenceSession after) =>
        Of(before, after, new Zones("UTC", "UTC"), null);

    private static SessionDifference? Of(ConferenceSession? before, ConferenceSession? after, Zones zones, RefusedChange? refused)
    {
        ImmutableArray<SessionChange> changes = (before, after) switch
        {
            (null, _) => [SessionChange.Added],
            (_, null) => [SessionChange.Removed],
            var (a, b) => [.. Changes(a, b, zones)],
        };
        if (refused is not null)
            changes = changes.Add(SessionChange.NotBooked);
        if (changes.IsEmpty)
            return null;
        var named = after ?? before!;
        return new(
            named.Id,
            named.Title,
            changes,
            before is null ? null : SessionFacts.Of(before),
            after is null ? null : SessionFacts.Of(after),
            refused
        );
    }

    private static IEnumerable<SessionChange> Changes(ConferenceSession a, ConferenceSession b, Zones zones)
    {
        if (a.Cancelled != b.Cancelled)
            yield return b.Cancelled ? SessionChange.Cancelled : SessionChange.Restored;
        if (!zones.Agree(a.Start, b.Start) || a.Duration != b.Duration)
            yield return SessionChange.Time;
        if (a.Room != b.Room)
            yield return SessionChange.Room;
        if (!a.Speakers.Select(Who).SequenceEqual(b.Speakers.Select(Who)))
            yield return SessionChange.Speakers;
        if ((a.Title, a.TitleAr, a.TitleKo) != (b.Title, b.TitleAr, b.TitleKo))
            yield return SessionChange.Title;
        if ((a.Subtitle, a.Abstract, a.Track, a.Kind, a.Language, a.Url) != (b.Subtitle, b.Abstract, b.Track, b.Kind, b.Language, b.Url))
            yield return SessionChange.Text;
    }

    private static (string, PersonId?) Who(Speaker speaker) => (speaker.Name, speaker.Consultant);
}
