using System.Collections.Immutable;
using ConsultHub.Conferences;
using ConsultHub.Journal;

namespace ConsultHub.Attendance;

/// <summary>The attendance at one session: the parts that each person really played, and who was in the room. Key: the session.</summary>
[Alias("hub.IAttendanceGrain")]
public interface IAttendanceGrain : IGrainWithStringKey
{
    /// <summary>
    /// Stores reports of what people have played, all in one decision. Completes when the decision is stored. A report that arrives twice
    /// counts once, and the order of reports makes no difference.
    /// </summary>
    /// <returns>
    ///     For each report, null or the code of the refusal: <c>lecture.unknown</c>, <c>attendance.implausible</c> or
    ///     <c>attendance.full</c>.
    /// </returns>
    [Alias("Report")]
    Task<ImmutableArray<string?>> ReportAsync(ImmutableArray<Played> played);

    /// <summary>Stores that a person is in the room. If a person checks in several times, the earliest instant counts.</summary>
    /// <param name="at">UTC. It must not be in the future or before the doors open.</param>
    /// <returns>
    ///     Null if the check-in was stored. Otherwise <c>session.unknown</c>, <c>attendance.full</c> or <c>attendance.bad-time</c>.
    /// </returns>
    [Alias("CheckIn")]
    Task<string?> CheckInAsync(Actor actor, ConferenceId conference, PersonId person, DateTimeOffset at);

    /// <summary>Returns one person's attendance. Empty if there is none.</summary>
    [Alias("Of")]
    Task<Attended> OfAsync(PersonId person);

    /// <summary>Returns the attendance of all people, in order of their ids.</summary>
    [Alias("All")]
    Task<ImmutableArray<PersonAttended>> AllAsync();
}

/// <summary>The way in which a person followed a lecture through the hub.</summary>
public enum PlayedAs
{
    Live,
    Recorded,
}

/// <summary>A piece of a lecture that a person's browser has played.</summary>
/// <param name="Lecture">
///     The piece on the lecture's own clock. The instants are the same whether the piece was played live or from the recording.
/// </param>
/// <param name="Wall">
///     The time at which the piece was played, by the web node's clock. If a person plays more minutes of a lecture than have passed on
///     this clock, the surplus does not count.
/// </param>
[GenerateSerializer, Immutable, Alias("hub.Played")]
public sealed record Played(
    [property: Id(0)] PersonId Person,
    [property: Id(1)] PlayedAs As,
    [property: Id(2)] Stretch Lecture,
    [property: Id(3)] Stretch Wall
);

[GenerateSerializer, Immutable, Alias("hub.PersonAttended")]
public sealed record PersonAttended([property: Id(0)] PersonId Person, [property: Id(1)] Attended Attended);
