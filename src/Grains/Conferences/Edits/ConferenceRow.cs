using System.Collections.Immutable;
using ConsultHub.Records;

namespace ConsultHub.Conferences.Edits;

/// <summary>A conference as a table has it.</summary>
/// <param name="TimeZone">IANA zone.</param>
/// <param name="DayChange">The local time at which a conference day begins.</param>
/// <param name="Rooms">The names of the rooms. A room that the conference has keeps its link to a room of a hospital.</param>
/// <param name="Withdrawn">Whether the conference does not take place.</param>
[GenerateSerializer, Immutable, Alias("hub.ConferenceRow")]
public sealed record ConferenceRow(
    [property: Id(0)] ConferenceId Id,
    [property: Id(1)] NetworkId? Network,
    [property: Id(2)] LocalName Title,
    [property: Id(3)] string? Subtitle,
    [property: Id(4)] string TimeZone,
    [property: Id(5)] DateOnly? FirstDay,
    [property: Id(6)] DateOnly? LastDay,
    [property: Id(7)] TimeOnly? DayChange,
    [property: Id(8)] ImmutableArray<string> Rooms,
    [property: Id(9)] ImmutableArray<string> Tracks,
    [property: Id(10)] bool Withdrawn = false
) : IRecord
{
    public const string Part = "profile";

    RecordId IRecord.Record => new(Part);

    internal static ConferenceRow Of(Conference conference) =>
        new(
            conference.Id,
            conference.Network,
            new(conference.Title, conference.TitleAr, conference.TitleKo),
            conference.Subtitle,
            conference.TimeZone,
            conference.FirstDay,
            conference.LastDay,
            conference.DayChange,
            [.. conference.Rooms.Select(r => r.Name)],
            conference.Tracks,
            conference.Withdrawn
        );

    /// <param name="before">The conference as it is. Null if it is new.</param>
    internal ConferenceText AsText(Conference? before) =>
        new(
            Title.En,
            Title.Ar,
            Title.Ko,
            Subtitle,
            TimeZone,
            FirstDay,
            LastDay,
            DayChange,
            Network,
            [.. Rooms.Select(name => before?.Rooms.FirstOrDefault(r => r.Name == name) ?? new ConferenceRoom(name))],
            Tracks,
            Withdrawn
        );
}
