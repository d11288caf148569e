using System.Net;
using System.Net.Http.Json;
using ConsultHub.Lectures;
using ConsultHub.Tests.Fixtures;
using ConsultHub.Web;
using ConsultHub.Web.Lectures;
using static ConsultHub.Tests.Lectures.LectureHub;

namespace ConsultHub.Tests.Lectures;

public sealed class LectureAccessTests(LectureHub hub) : IClassFixture<LectureHub>
{
    private static Guid Id => Guid.NewGuid();

    [Fact]
    public async Task A_persons_roles_come_from_the_network_and_the_programme_and_the_crew()
    {
        var session = await hub.NewLectureAsync();
        await hub.RefusedAsync(
            session,
            Coordinator,
            new SetCrew
            {
                CommandId = Id,
                Person = new("c-nobody"),
                Role = LectureRole.Captioner,
            }
        );
        (Member Viewer, LectureRole[] Roles)[] table =
        [
            (Coordinator, [LectureRole.Attendee, LectureRole.Captioner, LectureRole.Moderator, LectureRole.Host]),
            (Speaker, [LectureRole.Attendee, LectureRole.Speaker]),
            (Colleague, [LectureRole.Attendee]),
            (Listener, [LectureRole.Attendee]),
            (Display, [LectureRole.Attendee]),
        ];
        foreach (var (viewer, roles) in table)
            Assert.Equal(roles, (await hub.GetAsync<LecturesApi.LectureMe>(viewer, $"api/lectures/{session}/me")).Roles);
        Assert.Equal(HttpStatusCode.Forbidden, (await hub.Http(Stranger).GetAsync($"api/lectures/{session}/me")).StatusCode);

        await hub.DoAsync(
            session,
            Coordinator,
            new SetCrew
            {
                CommandId = Id,
                Person = Listener.Person,
                Role = LectureRole.Captioner,
            }
        );
        Assert.Equal(
            [LectureRole.Attendee, LectureRole.Captioner],
            (await hub.GetAsync<LecturesApi.LectureMe>(Listener, $"api/lectures/{session}/me")).Roles
        );
        Assert.Equal("Noura Al Hammadi", (await hub.GetAsync<Lecture>(Listener, $"api/lectures/{session}")).Crew.Single().Name.En);
        await hub.DoAsync(
            session,
            Listener,
            new WriteCaption
            {
                CommandId = Id,
                Language = "en",
                Text = "Hello",
            }
        );
        await hub.DoAsync(
            session,
            Coordinator,
            new SetCrew
            {
                CommandId = Id,
                Person = Listener.Person,
                Role = LectureRole.Captioner,
                Given = false,
            }
        );
        Assert.Equal(
            (403, "lecture.not-allowed"),
            await hub.RefusedAsync(
                session,
                Listener,
                new WriteCaption
                {
                    CommandId = Id,
                    Language = "en",
                    Text = "Hello",
                }
            )
        );
    }

    [Fact]
    public async Task Only_a_coordinator_of_the_network_can_open_a_lecture_room()
    {
        var session = hub.NewSession();
        OpenRoom Open() => new() { CommandId = Id, Conference = new("congress") };
        foreach (var viewer in (Member[])[Speaker, Listener])
            Assert.Equal((403, "lecture.not-allowed"), await hub.RefusedAsync(session, viewer, Open()));
        foreach (var viewer in (Member[])[Stranger, Display])
            Assert.Equal((403, "access.denied"), await hub.RefusedAsync(session, viewer, Open()));
        Assert.Equal((404, "lecture.unknown"), await hub.RefusedAsync(session, Listener, new RaiseHand { CommandId = Id }));
        Assert.Equal(
            (404, "lecture.unknown"),
            await hub.RefusedAsync(session, Listener, new VoteForQuestion { CommandId = Id, Question = 1 })
        );
        Assert.Equal(
            (404, "lecture.unknown"),
            await hub.RefusedAsync(session, Listener, new React { CommandId = Id, Reaction = Reaction.Clap })
        );
        await hub.DoAsync(session, Coordinator, Open());
        Assert.Equal((404, "lecture.unknown-session"), await hub.RefusedAsync("s-none", Coordinator, Open()));
        Assert.Equal(
            (403, "access.denied"),
            await hub.RefusedAsync(session, Stranger, new SetStage { CommandId = Id, Stage = LectureStage.Live })
        );
        Assert.Equal(
            (404, "lecture.unknown-person"),
            await hub.RefusedAsync(
                session,
                Coordinator,
                new SetCrew
                {
                    CommandId = Id,
                    Person = new("c-nobody"),
                    Role = LectureRole.Host,
                }
            )
        );
    }

    [Fact]
    public async Task Only_the_crew_sees_pending_questions_and_draft_polls_and_open_tallies_and_raised_hands()
    {
        var session = await hub.NewLectureAsync();
        await hub.DoAsync(session, Listener, new AskQuestion { CommandId = Id, Text = "<b>Why?</b>" });
        await hub.DoAsync(session, Listener, new RaiseHand { CommandId = Id });
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
        var open = await hub.OpenPollAsync(session, "a", "b");
        await hub.DoAsync(
            session,
            Colleague,
            new VoteInPoll
            {
                CommandId = Id,
                Poll = open,
                Choices = [1],
            }
        );

        Assert.Equal(
            ["lecture", $"poll/{open}", "pulse"],
            (await hub.ItemsAsync(Listener, $"lecture/{session}"))
                .Select(i => i.Key.StartsWith("lecture/", StringComparison.Ordinal) ? "lecture" : i.Key)
                .Order()
        );
        Assert.Equal(0, (await hub.ItemsAsync(Listener, $"lecture/{session}")).OfType<Poll>().Single().Voters);
        var crew = await hub.ItemsAsync(Speaker, $"lecture/{session}/stage");
        Assert.Equal(("<b>Why?</b>", 1), (crew.OfType<Question>().Single().Text, crew.OfType<PollTally>().Single().Voters));
        Assert.Single(crew.OfType<RaisedHand>());
        foreach (var viewer in (Member[])[Listener, Colleague, Display, Stranger])
            Assert.Equal(HttpStatusCode.Forbidden, (await hub.Http(viewer).GetAsync($"api/topics/lecture/{session}/stage")).StatusCode);
        var mine = (await hub.GetAsync<LecturesApi.LectureMe>(Listener, $"api/lectures/{session}/me")).Mine;
        Assert.Equal(("<b>Why?</b>", true), (mine.Questions.Single().Text, mine.HandRaised));
    }

    [Fact]
    public async Task Attendees_see_neither_the_crew_nor_the_captions_of_the_green_room_before_a_lecture_goes_live()
    {
        var session = hub.NewSession();
        await hub.DoAsync(session, Coordinator, new OpenRoom { CommandId = Id, Conference = new("congress") });
        await hub.DoAsync(
            session,
            Coordinator,
            new SetCrew
            {
                CommandId = Id,
                Person = Display.Person,
                Role = LectureRole.Captioner,
            }
        );
        await hub.DoAsync(
            session,
            Coordinator,
            new WriteCaption
            {
                CommandId = Id,
                Language = "en",
                Text = "Can you hear me?",
            }
        );
        var caller = new LectureCaller(Speaker.Actor, new LocalName("Dr Speaker"), [LectureRole.Attendee, LectureRole.Speaker]);
        Assert.IsType<LectureDone>(
            await hub
                .Grains.GetGrain<ILectureGrain>(session)
                .DecideAsync(
                    caller,
                    new GoOnAir
                    {
                        CommandId = Id,
                        Stream = "1",
                        Node = "n",
                    }
                )
        );

        foreach (
            var lecture in (Lecture[])
                [
                    (await hub.ItemsAsync(Listener, $"lecture/{session}")).OfType<Lecture>().Single(),
                    await hub.GetAsync<Lecture>(Listener, $"api/lectures/{session}"),
                ]
        )
            Assert.True(lecture is { Stage: LectureStage.GreenRoom, OnAir.IsEmpty: true, Crew.IsEmpty: true });
        Assert.DoesNotContain(await hub.ItemsAsync(Listener, $"lecture/{session}"), i => i is Caption);
        Assert.Single((await hub.ItemsAsync(Speaker, $"lecture/{session}/stage")).OfType<Caption>());
        Assert.Single((await hub.ItemsAsync(Speaker, $"lecture/{session}/stage")).OfType<Lecture>().Single().OnAir);
        Assert.Equal(HttpStatusCode.NotFound, (await hub.Http(Listener).GetAsync($"api/lectures/{session}/captions/en")).StatusCode);

        // When the lecture goes live, attendees see the speaker. Captions from the green room stay hidden.
        await hub.DoAsync(session, Coordinator, new SetStage { CommandId = Id, Stage = LectureStage.Live });
        await hub.DoAsync(
            session,
            Coordinator,
            new WriteCaption
            {
                CommandId = Id,
                Language = "en",
                Text = "Welcome.",
            }
        );
        var shown = await hub.ItemsAsync(Listener, $"lecture/{session}");
        Assert.Equal("Dr Speaker", shown.OfType<Lecture>().Single().OnAir.Single().Name.En);
        Assert.Equal("Welcome.", shown.OfType<Caption>().Single().Text);
        var now = DateTimeOffset.UtcNow;
        var moments = await hub.GetAsync<LectureMoments>(
            Listener,
            $"api/lectures/{session}/moments?from={now.AddMinutes(-2):O}&to={now.AddMinutes(1):O}".Replace(
                "+00:00",
                "Z",
                StringComparison.Ordinal
            )
        );
        Assert.Equal("Welcome.", moments.Moments.Select(m => m.Item).OfType<Caption>().Single().Text);
    }

    [Fact]
    public async Task A_misspelt_or_incomplete_command_is_refused_with_the_place_of_the_fault()
    {
        var session = await hub.NewLectureAsync();
        foreach (
            var (body, code, place) in ((string, string, string?)[])
                [
                    (
                        """{"type":"askQuestion","commandId":"6f0b8b3e-0c1f-4f0e-9c66-000000000001","text":"x","anonymus":true}""",
                        "request.bad-json",
                        "$.anonymus"
                    ),
                    ("""{"type":"voteInPoll","commandId":"6f0b8b3e-0c1f-4f0e-9c66-000000000002","poll":1}""", "request.bad-json", "$"),
                    (
                        """{"type":"goOnAir","commandId":"6f0b8b3e-0c1f-4f0e-9c66-000000000003","stream":"s","node":"n"}""",
                        "request.bad-json",
                        "$.type"
                    ),
                    ("""{"type":"raiseHand","commandId":"00000000-0000-0000-0000-000000000000"}""", "request.bad-json", "$.commandId"),
                ]
        )
        {
            var (status, problem) = await Fixtures.Caller.ProblemAsync(
                await hub.Http(Coordinator)
                    .PostAsync($"api/lectures/{session}/commands", new StringContent(body, System.Text.Encoding.UTF8, "application/json"))
            );
            Assert.Equal((HttpStatusCode.BadRequest, code), (status, problem.Code));
            if (place is not "$" and not "$.type")
                Assert.Equal(place, problem.Place);
        }
    }

    [Fact]
    public async Task Captions_can_be_read_as_one_file_per_language()
    {
        var session = await hub.NewLectureAsync();
        await hub.DoAsync(
            session,
            Coordinator,
            new WriteCaption
            {
                CommandId = Id,
                Language = "ko",
                Text = "심장 <i>이식</i>",
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
        using var file = await hub.Http(Listener).GetAsync($"api/lectures/{session}/captions/ko");
        Assert.Equal("text/vtt", file.Content.Headers.ContentType!.MediaType);
        var text = await file.Content.ReadAsStringAsync();
        Assert.StartsWith("WEBVTT\n\n1\n00:00:", text, StringComparison.Ordinal);
        Assert.Contains("심장 &lt;i&gt;이식&lt;/i&gt;\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("القلب", text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await hub.Http(Listener).GetAsync($"api/lectures/{session}/captions/en")).StatusCode);
    }
}
