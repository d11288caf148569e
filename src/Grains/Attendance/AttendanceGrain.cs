using System.Collections.Immutable;
using ConsultHub.Conferences;
using ConsultHub.Conferences.Audience;
using ConsultHub.Directories;
using ConsultHub.Journal;
using ConsultHub.Lectures;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace ConsultHub.Attendance;

/// <summary>
/// Stores what people have played and who checked in. It also lists its session in a directory of the conference. To read the attendance of
/// a whole conference, the hub asks only the listed sessions.
/// </summary>
[Reentrant, GrainType("attendance")]
internal sealed class AttendanceGrain(AuthorityServices services)
    : AuthorityGrain<AttendanceBook, AttendanceEvent>("attendance", services),
        IAttendanceGrain
{
    /// <summary>The longest time that one report may contain.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromHours(24);

    /// <summary>How far the clock of a web node may be ahead of the clock of this silo.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(5);

    private bool _listed;

    private SessionId Session => new(this.GetPrimaryKeyString());

    public async Task<ImmutableArray<string?>> ReportAsync(ImmutableArray<Played> played)
    {
        if (!_listed)
        {
            if (await GrainFactory.GetGrain<ILectureGrain>(Session.Value).GetAsync() is not { } lecture)
                return [.. played.Select(_ => LectureCodes.Unknown)];
            await ListAsync(lecture.Conference, lecture.Title);
        }
        var latest = (Clock.GetUtcNow() + Skew).ToUnixTimeMilliseconds();
        var (book, taken, codes) = (Head, ImmutableArray.CreateBuilder<Played>(), ImmutableArray.CreateBuilder<string?>(played.Length));
        foreach (var report in played)
        {
            var (plausible, code) = (UpTo(latest, report), (string?)null);
            if (plausible is null)
                code = AttendanceCodes.Implausible;
            else if (!book.Takes(report.Person))
                code = AttendanceCodes.Full;
            else if (!IsKnown(book.Of(report.Person), plausible))
            {
                book = book.With(plausible);
                taken.Add(plausible);
            }
            codes.Add(code);
        }
        if (taken.Count == 0)
            await WhenAllStoredAsync();
        else
            await CommitAsync(new(Actor.System, Guid.Empty, [new PlayedReported(taken.DrainToImmutable())]));
        return codes.MoveToImmutable();
    }

    protected override Task PrepareToReceiveAsync(GrainId sender, OutboxMessage message) =>
        message.Payload is CameInTold told ? ListAsync(told.Conference, told.Title) : Task.CompletedTask;

    protected override Decision<AttendanceEvent>? Receive(GrainId sender, OutboxMessage message) =>
        message.Payload switch
        {
            CameInTold told when Head.Takes(told.Person) && !(Head.Of(told.Person).CheckedIn <= told.At) => new(
                new Actor(told.By, Role.Coordinator),
                Guid.Empty,
                [new CheckedIn(told.Person, told.At.ToUniversalTime())]
            )
            {
                Subjects = [$"person/{told.Person}"],
            },
            CheckInTakenBack back when Head.Of(back.Person).CheckedIn is not null => new(
                new Actor(back.Person, Role.Attendee),
                Guid.Empty,
                [new CheckInGone(back.Person)]
            )
            {
                Subjects = [$"person/{back.Person}"],
            },
            _ => null,
        };

    public async Task<string?> CheckInAsync(Actor actor, ConferenceId conference, PersonId person, DateTimeOffset at)
    {
        if (at > Clock.GetUtcNow() + Skew)
            return AttendanceCodes.BadTime;
        if (await GrainFactory.GetGrain<IConferenceGrain>(conference.Value).GetSessionAsync(Session) is not { } session)
            return SessionCodes.Unknown;
        if (session.Start is not { } start || at < start - AudienceRules.DoorsOpen)
            return AttendanceCodes.BadTime;
        await ListAsync(conference, session.Title);
        if (!Head.Takes(person))
            return AttendanceCodes.Full;
        if (Head.Of(person).CheckedIn <= at)
            await WhenAllStoredAsync();
        else
            await CommitAsync(new(actor, Guid.Empty, [new CheckedIn(person, at.ToUniversalTime())]) { Subjects = [$"person/{person}"] });
        return null;
    }

    public Task<Attended> OfAsync(PersonId person) => Task.FromResult(Stored.Of(person));

    public Task<ImmutableArray<PersonAttended>> AllAsync() =>
        Task.FromResult(
            Stored
                .People.Select(p => new PersonAttended(p.Key, p.Value))
                .OrderBy(p => p.Person.Value, StringComparer.Ordinal)
                .ToImmutableArray()
        );

    /// <summary>
    /// Lists the session in the conference's directory. This happens before the first attendance is stored. A listed session without
    /// attendance does no harm, but nobody would find the attendance of a session that is not listed.
    /// </summary>
    private async Task ListAsync(ConferenceId conference, string title)
    {
        if (_listed)
            return;
        await GrainFactory.GetGrain<IDirectoryGrain>($"{conference}/attended").PutAsync([new(Session.Value, new(title))]);
        _listed = true;
    }

    /// <summary>
    /// Cuts off the part of a report that is in the future, because nobody can have played that part. Null if nothing remains, or if the
    /// rest is longer than <see cref="Longest"/>.
    /// </summary>
    private static Played? UpTo(long latest, Played played)
    {
        var (lecture, wall) = (
            played.Lecture with
            {
                To = Math.Min(played.Lecture.To, latest),
            },
            played.Wall with
            {
                To = Math.Min(played.Wall.To, latest),
            }
        );
        return
            lecture.Milliseconds > 0
            && lecture.Milliseconds <= Longest.TotalMilliseconds
            && wall.Milliseconds > 0
            && wall.Milliseconds <= Longest.TotalMilliseconds
            ? played with
            {
                Lecture = lecture,
                Wall = wall,
            }
            : null;
    }

    private static bool IsKnown(Attended attended, Played played)
    {
        var (lecture, wall) = played.As == PlayedAs.Live ? (attended.Live, attended.LiveWall) : (attended.Recorded, attended.RecordedWall);
        return Stretches.Of(played.Lecture).Except(lecture).IsEmpty && Stretches.Of(played.Wall).Except(wall).IsEmpty;
    }
}
