using ConsultHub.Lectures;
using ConsultHub.Tests.Fixtures;
using static ConsultHub.Tests.Lectures.LectureHub;

namespace ConsultHub.Tests.Lectures;

/// <summary>The moments of a lecture, as a viewer of the replay reads them.</summary>
public sealed class MomentTests(LectureHub hub) : IClassFixture<LectureHub>
{
    private static Guid Id => Guid.NewGuid();

    [Fact]
    public async Task Attendees_read_what_was_shown_in_a_time_span_without_pending_questions_and_draft_polls()
    {
        var session = await hub.NewLectureAsync();
        await hub.DoAsync(
            session,
            Coordinator,
            new WriteCaption
            {
                CommandId = Id,
                Language = "ko",
                Text = "심장",
            }
        );
        await hub.DoAsync(
            session,
            Coordinator,
            new WriteCaption
            {
                CommandId = Id,
                Language = "ar",
                Text = "القلب",
            }
        );
        await hub.DoAsync(session, Listener, new AskQuestion { CommandId = Id, Text = "Waits?" });
        var question = await hub.ApprovedQuestionAsync(session);
        await hub.DoAsync(session, Coordinator, new FeatureQuestion { CommandId = Id, Question = question });
        await hub.DoAsync(
            session,
            Coordinator,
            new DraftPoll
            {
                CommandId = Id,
                Question = "Draft?",
                Choices = ["a", "b"],
            }
        );
        await hub.DoAsync(session, Coordinator, new Announce { CommandId = Id, Text = "Coffee" });
        var now = DateTimeOffset.UtcNow;

        var shown = await ReadAsync(Listener, session, now.AddMinutes(-2), now.AddMinutes(1));
        Assert.Equal(
            ["announcement/1", "caption/ar/1", "caption/ko/1", $"question/{question}"],
            shown.Moments.Select(m => m.Item?.Key).OfType<string>().Order(StringComparer.Ordinal)
        );
        Assert.Equal(question, shown.Moments.Select(m => m.Scene).OfType<LectureScene>().Single().Featured);
        Assert.False(shown.Settled);
        Assert.Empty((await ReadAsync(Listener, session, now.AddMinutes(-5), now.AddMinutes(-3))).Moments);
        Assert.True((await ReadAsync(Listener, session, now.AddMinutes(-5), now.AddMinutes(-3))).Settled);
        // A span that begins later starts with the state at its beginning.
        var later = await ReadAsync(Display, session, now.AddMinutes(1), now.AddMinutes(2));
        Assert.Equal(shown.Moments.Length, later.Moments.Length);
        Assert.All(later.Moments, m => Assert.True(m.At <= later.From));
    }

    [Fact]
    public async Task An_empty_or_too_long_time_span_and_an_unknown_lecture_are_refused()
    {
        var (session, now) = (await hub.NewLectureAsync(), DateTimeOffset.UtcNow);
        Assert.Equal((400, "lecture.bad-span", "to"), await RefusedAsync(session, now, now));
        Assert.Equal(
            (400, "lecture.bad-span", "to"),
            await RefusedAsync(session, now, now + LectureReplay.LongestSpan + TimeSpan.FromSeconds(1))
        );
        Assert.Empty(
            (await ReadAsync(Listener, session, DateTimeOffset.MaxValue.AddMinutes(-5), DateTimeOffset.MaxValue)).Moments.Where(m =>
                m.At > DateTimeOffset.UtcNow
            )
        );
        Assert.Equal((404, "lecture.unknown", null), await RefusedAsync("s-none", now, now.AddMinutes(1)));
    }

    private static string Path(string session, DateTimeOffset from, DateTimeOffset to) =>
        $"api/lectures/{session}/moments?from={from.UtcDateTime:O}&to={to.UtcDateTime:O}";

    private Task<LectureMoments> ReadAsync(Member viewer, string session, DateTimeOffset from, DateTimeOffset to) =>
        hub.GetAsync<LectureMoments>(viewer, Path(session, from, to));

    private async Task<(int, string?, string?)> RefusedAsync(string session, DateTimeOffset from, DateTimeOffset to)
    {
        var (status, problem) = await Caller.ProblemAsync(await hub.Http(Listener).GetAsync(Path(session, from, to)));
        return ((int)status, problem.Code, problem.Place);
    }
}
