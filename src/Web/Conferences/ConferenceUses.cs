using System.Collections.Immutable;
using ConsultHub.Attendance;
using ConsultHub.Certificates;
using ConsultHub.Conferences;
using ConsultHub.Conferences.Edits;
using ConsultHub.Directories;
using ConsultHub.Lectures;

namespace ConsultHub.Web.Conferences;

/// <summary>
/// Finds out what other parts of the hub know of a conference or of one session: who attended, which certificates were issued, and which
/// lectures were held. Such a conference or session cannot be deleted.
/// </summary>
internal static class ConferenceUses
{
    /// <summary>A list names at most this many uses.</summary>
    private const int MostNamed = 20;

    /// <summary>
    /// A lecture is held at most this long before its time in the programme. The rooms of later sessions are not asked, because each of
    /// them would have to be read from the storage.
    /// </summary>
    private static readonly TimeSpan Early = TimeSpan.FromDays(2);

    /// <param name="session">Null for the whole conference.</param>
    public static async Task<OtherUses> ReadAsync(ConferenceId conference, SessionId? session, IGrainFactory grains, DateTimeOffset now)
    {
        var attended = await AttendedAsync(conference, session, grains);
        var certificates = (await grains.GetGrain<ICertificatesGrain>(conference.Value).ListAsync(null))
            .Where(c => session is not { } one || c.Certificate.Lectures.Any(l => l.Session == one))
            .Select(c => c.Certificate.Number)
            .ToList();
        var held = await HeldAsync(conference, session, grains, now);
        return new(
            attended.SelectMany(a => a.People).Distinct().Count(),
            certificates.Count,
            [
                .. attended
                    .Select(a => new ConferenceUse("attendance", a.Session.Id, a.Session.Name.En))
                    .Concat(certificates.Select(number => new ConferenceUse("certificates", number, number)))
                    .Concat(held.Select(s => new ConferenceUse("lectures", s.Id.Value, s.Title)))
                    .Take(MostNamed),
            ],
            attended.Count + certificates.Count + held.Count
        );
    }

    private static async Task<List<(DirectoryEntry Session, ImmutableArray<PersonId> People)>> AttendedAsync(
        ConferenceId conference,
        SessionId? session,
        IGrainFactory grains
    )
    {
        var listed = await grains.GetGrain<IDirectoryGrain>($"{conference}/attended").ListAsync();
        var found = await Task.WhenAll(
            listed
                .Where(entry => session is not { } one || entry.Id == one.Value)
                .Select(async entry =>
                    (
                        entry,
                        People: (await grains.GetGrain<IAttendanceGrain>(entry.Id).AllAsync())
                            .Where(a => !a.Attended.IsNothing)
                            .Select(a => a.Person)
                            .ToImmutableArray()
                    )
                )
        );
        return [.. found.Where(a => !a.People.IsEmpty)];
    }

    private static async Task<List<ConferenceSession>> HeldAsync(
        ConferenceId conference,
        SessionId? session,
        IGrainFactory grains,
        DateTimeOffset now
    )
    {
        if (await grains.GetGrain<IConferenceGrain>(conference.Value).ReadAsync() is not { } programme)
            return [];
        var asked = programme.Sessions.Where(s => session is { } one ? s.Id == one : s.Start is null || s.Start < now + Early);
        var found = await Task.WhenAll(
            asked.Select(async s => (Session: s, Lecture: await grains.GetGrain<ILectureGrain>(s.Id.Value).TimelineAsync()))
        );
        return
        [
            .. found
                .Where(f => f.Lecture.RecordedFrom is not null || f.Lecture.Stages.Any(t => t.Stage == LectureStage.Live))
                .Select(f => f.Session),
        ];
    }
}
