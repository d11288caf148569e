using System.Collections.Immutable;
using System.Text.RegularExpressions;
using ConsultHub.Conferences.Releases;
using ConsultHub.Records;

namespace ConsultHub.Conferences.Edits;

/// <summary>A session as a table has it.</summary>
/// <param name="Start">UTC. Null if the session has no time.</param>
/// <param name="End">UTC. Null if the session has no time. It then keeps its length.</param>
/// <param name="Room">A room of the conference. Null if the session has none.</param>
/// <param name="Speakers">Names. A consultant of the network has the id behind the name, such as <c>Kim Min-jun &lt;p-kim&gt;</c>.</param>
/// <param name="Cancelled">Whether the session is withdrawn.</param>
[GenerateSerializer, Immutable, Alias("hub.SessionRow")]
public sealed partial record SessionRow(
    [property: Id(0)] SessionId Id,
    [property: Id(1)] LocalName Title,
    [property: Id(2)] string? Subtitle,
    [property: Id(3)] string? Abstract,
    [property: Id(4)] DateTimeOffset? Start,
    [property: Id(5)] DateTimeOffset? End,
    [property: Id(6)] string? Room,
    [property: Id(7)] string? Track,
    [property: Id(8)] string? Kind,
    [property: Id(9)] string? Language,
    [property: Id(10)] ImmutableArray<string> Speakers,
    [property: Id(11)] bool Cancelled = false
) : IRecord
{
    public const string Part = "session";

    RecordId IRecord.Record => new(Part, Id.Value);

    internal static SessionRow Of(ConferenceSession session) =>
        new(
            session.Id,
            new(session.Title, session.TitleAr, session.TitleKo),
            session.Subtitle,
            session.Abstract,
            session.Start,
            session.Start + session.Duration,
            session.Room.Length == 0 ? null : session.Room,
            session.Track,
            session.Kind,
            session.Language,
            [.. session.Speakers.Select(s => s.Consultant is { } id ? $"{s.Name} <{id}>" : s.Name)],
            session.Cancelled
        );

    /// <param name="before">The session as it is. Null if it is new.</param>
    internal SessionText AsText(ConferenceSession? before) =>
        new(
            Title.En,
            Subtitle,
            Abstract,
            Start,
            End - Start ?? before?.Duration ?? TimeSpan.Zero,
            Room ?? "",
            Track,
            Kind,
            Language,
            [.. Speakers.Select(s => Read(s, before))],
            Cancelled,
            Title.Ar,
            Title.Ko
        );

    [GeneratedRegex(@"^(.+?)\s*<([^<>\s]+)>\z")]
    private static partial Regex Named();

    /// <summary>A speaker who was there before keeps the id of the imported programme.</summary>
    private static Speaker Read(string text, ConferenceSession? before)
    {
        var (name, consultant) =
            Named().Match(text) is { Success: true } named && TextId.IsValid(named.Groups[2].Value)
                ? (named.Groups[1].Value, new PersonId(named.Groups[2].Value))
                : (text, (PersonId?)null);
        return before?.Speakers.FirstOrDefault(s => s.Name == name && s.Consultant == consultant) ?? new(name, null, consultant);
    }
}
