using System.Collections.Immutable;
using ConsultHub.Conferences;
using ConsultHub.Journal;

namespace ConsultHub.Attendance;

/// <summary>Who was at one session: what each person really played of it, and who was in the room. Key: the session.</summary>
[Alias("hub.IAttendanceGrain")]
public interface IAttendanceGrain : IGrainWithStringKey
{
    /// <summary>Takes in what many people played, as one decision, and answers once it is stored. What is reported twice counts once, in
    /// whatever order it comes.</summary>
    /// <returns>In the place of each report null, or the code of what stands against it: <c>lecture.unknown</c>,
    /// <c>attendance.implausible</c>, <c>attendance.full</c>.</returns>
    [Alias("Report")]
    Task<ImmutableArray<string?>> ReportAsync(ImmutableArray<Played> played);

    /// <summary>Somebody is in the room. The earliest instant counts; a repeat changes nothing.</summary>
    /// <param name="at">UTC; not later than now, and not before the doors open.</param>
    /// <returns>Null, or <c>session.unknown</c>, <c>attendance.full</c>, <c>attendance.bad-time</c>.</returns>
    [Alias("CheckIn")]
    Task<string?> CheckInAsync(Actor actor, ConferenceId conference, PersonId person, DateTimeOffset at);

    /// <summary>One person's attendance; empty where there is none.</summary>
    [Alias("Of")]
    Task<Attended> OfAsync(PersonId person);

    /// <summary>Everybody's, by person.</summary>
    [Alias("All")]
    Task<ImmutableArray<PersonAttended>> AllAsync();
}

/// <summary>How a lecture was followed through the hub.</summary>
public enum PlayedAs
{
    Live,
    Recorded,
}

/// <summary>A piece of a lecture that somebody's browser has played.</summary>
/// <param name="Lecture">On the lecture's own clock: the instants at which it was said, live or watched again.</param>
/// <param name="Wall">When it was played, by the web node's clock. Of what is played more time than passed does not count.</param>
[GenerateSerializer, Immutable, Alias("hub.Played")]
public sealed record Played(
    [property: Id(0)] PersonId Person,
    [property: Id(1)] PlayedAs As,
    [property: Id(2)] Stretch Lecture,
    [property: Id(3)] Stretch Wall
);

[GenerateSerializer, Immutable, Alias("hub.PersonAttended")]
public sealed record PersonAttended([property: Id(0)] PersonId Person, [property: Id(1)] Attended Attended);

/// <summary>Somebody was let into the room by their ticket.</summary>
/// <param name="Title">The session's.</param>
/// <param name="By">Who read the ticket.</param>
[GenerateSerializer, Immutable, Alias("hub.CameInTold")]
public sealed record CameInTold(
    [property: Id(0)] ConferenceId Conference,
    [property: Id(1)] string Title,
    [property: Id(2)] PersonId Person,
    [property: Id(3)] DateTimeOffset At,
    [property: Id(4)] PersonId By
) : OutboxPayload;

/// <summary>Somebody who was let in has given the place up before the session began.</summary>
[GenerateSerializer, Immutable, Alias("hub.CheckInTakenBack")]
public sealed record CheckInTakenBack([property: Id(0)] PersonId Person) : OutboxPayload;
