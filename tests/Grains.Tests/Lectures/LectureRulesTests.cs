using System.Collections.Immutable;
using ConsultHub.Lectures;
using CsCheck;
using static ConsultHub.Tests.Lectures.LectureWorld;

namespace ConsultHub.Tests.Lectures;

public sealed class LectureRulesTests
{
    private static Guid Id => Guid.NewGuid();

    [Fact]
    public void The_stage_goes_from_the_green_room_to_live_and_breaks_and_ends_only_once() =>
        Gen.Enum<LectureStage>()
            .Array[1, 30]
            .Sample(
                wishes =>
                {
                    var world = Opened();
                    foreach (var wish in wishes)
                    {
                        var before = world.Room.Lecture!.Stage;
                        world.Now += TimeSpan.FromMinutes(1);
                        var refused = world.Try(Host, new SetStage { CommandId = Id, Stage = wish }).Refused;
                        var lecture = world.Room.Lecture!;
                        var allowed =
                            (before, wish)
                            is
                                (LectureStage.GreenRoom, LectureStage.Live)
                                or
                                (LectureStage.Live, LectureStage.Break or LectureStage.Ended)
                                or
                                (LectureStage.Break, LectureStage.Live or LectureStage.Ended);
                        Assert.Equal(allowed, refused is null);
                        Assert.Equal(allowed ? wish : before, lecture.Stage);
                        if (!allowed)
                            Assert.Equal(before == LectureStage.Ended ? "lecture.ended" : "lecture.wrong-stage", refused!.Code);
                        Assert.Equal(lecture.Stage == LectureStage.GreenRoom, lecture.StartedAt is null);
                        Assert.Equal(lecture.Stage == LectureStage.Ended, lecture.EndedAt is not null);
                    }
                    Assert.Equal(world.Room.Lecture!.Stage, world.Room.StageTurns[^1].Stage);
                },
                iter: 300
            );

    [Fact]
    public void Each_person_counts_once_in_any_order_of_votes_and_in_any_batches() =>
        Gen.Select(Gen.Int[0, 8], Gen.Int[0, 2], Gen.Bool, Gen.Int[0, 4])
            .Array[0, 60]
            .Select(Gen.Int[1, 9])
            .Sample(
                (votes, size) =>
                {
                    var world = Opened();
                    var (question, poll, many) = (world.Question(), world.Poll(), world.Poll(multiple: true));
                    Dictionary<string, bool> forQuestion = [];
                    Dictionary<string, int> inPoll = [];
                    Dictionary<string, int[]> inMany = [];
                    foreach (var batch in votes.Chunk(size))
                    {
                        List<Vote> said = [];
                        foreach (var (person, choice, yes, what) in batch)
                        {
                            var name = $"p-{person}";
                            if (what <= 1)
                                (forQuestion[name], _) = (yes, Add(For(name, question, yes)));
                            else if (what <= 3)
                                (inPoll[name], _) = (choice, Add(In(name, poll, choice)));
                            else
                                (inMany[name], _) = (yes ? [choice] : [0, choice], Add(In(name, many, yes ? [choice] : [0, choice])));
                        }
                        Assert.All(world.Cast([.. said]), Assert.Null);

                        bool Add(Vote vote)
                        {
                            said.Add(vote);
                            return true;
                        }
                    }
                    Assert.Equal(forQuestion.Count(v => v.Value), world.Room.Questions[question].Votes);
                    Assert.Equal(Enumerable.Range(0, 3).Select(c => inPoll.Count(v => v.Value == c)), world.Room.Tallies[poll].Counts);
                    Assert.Equal(inPoll.Count, world.Room.Tallies[poll].Voters);
                    Assert.Equal(
                        Enumerable.Range(0, 3).Select(c => inMany.Count(v => v.Value.Contains(c))),
                        world.Room.Tallies[many].Counts
                    );
                },
                iter: 200
            );

    [Fact]
    public void A_vote_counts_only_for_an_approved_question_or_an_open_poll_with_valid_choices()
    {
        var world = Opened();
        var (question, pending, poll, draft) = (world.Question(), world.Question(approved: false), world.Poll(), world.Poll(open: false));
        Assert.Equal(
            [
                null,
                "lecture.unknown-question",
                "lecture.unknown-question",
                null,
                "lecture.bad-choices",
                "lecture.bad-choices",
                "lecture.bad-choices",
                "lecture.unknown-poll",
                "lecture.unknown-poll",
            ],
            world.Cast(
                For("p-1", question),
                For("p-1", pending),
                For("p-1", 99),
                In("p-1", poll, 2),
                In("p-1", poll, 0, 1),
                In("p-1", poll, 3),
                In("p-1", poll),
                In("p-1", draft, 0),
                In("p-1", 99, 0)
            )
        );
        world.Set(poll, PollState.Closed);
        Assert.Equal(["lecture.poll-closed"], world.Cast(In("p-2", poll, 0)));
        Assert.False(world.Room.Ballots.ContainsKey(poll)); // only the counts are kept
        Assert.Equal([0, 0, 1], world.Room.Tallies[poll].Counts);
        Assert.Empty(world.Room.Polls[poll].Counts);
        world.Set(poll, PollState.Shown);
        Assert.Equal([0, 0, 1], world.Room.Polls[poll].Counts);
        Assert.Equal(
            "lecture.wrong-poll-state",
            world.Code(
                Host,
                new SetPoll
                {
                    CommandId = Id,
                    Poll = poll,
                    State = PollState.Open,
                }
            )
        );
    }

    [Fact]
    public void Merged_questions_add_up_their_votes_and_each_person_counts_once()
    {
        var world = Opened();
        var (one, two) = (world.Question(), world.Question());
        world.Cast(For("p-1", one), For("p-2", one), For("p-2", two), For("p-3", two));
        Assert.Equal(
            "lecture.bad-merge",
            world.Code(
                Host,
                new ModerateQuestion
                {
                    CommandId = Id,
                    Question = two,
                    Verdict = QuestionVerdict.Merge,
                    Into = two,
                }
            )
        );
        world.Do(
            Host,
            new ModerateQuestion
            {
                CommandId = Id,
                Question = two,
                Verdict = QuestionVerdict.Merge,
                Into = one,
            }
        );
        Assert.Equal(3, world.Room.Questions[one].Votes);
        Assert.Equal([$"question/{two}"], world.Room.Tombstones.Since(0)!.Select(t => t.Key));
    }

    [Fact]
    public void Each_command_is_allowed_only_for_certain_roles()
    {
        var world = Opened();
        world.Do(Host, new SetSlides { CommandId = Id, Deck = new SlideDeck(Id, "a.pdf", 9) });
        world.Do(Host, new SetRecording { CommandId = Id, Consent = true });
        var (moderator, captioner, speaker) = (
            Caller("p-m", LectureRole.Moderator),
            Caller("p-c", LectureRole.Captioner),
            Caller(Speaker.Value, LectureRole.Speaker)
        );
        (LectureCommand Command, LectureCaller[] Allowed)[] table =
        [
            (new SetStage { CommandId = Id, Stage = LectureStage.Live }, [Host]),
            (new SetRecording { CommandId = Id, Consent = true }, [Host]),
            (new AgreeToRecording { CommandId = Id, Agrees = true }, [Host, speaker]),
            (
                new SetCrew
                {
                    CommandId = Id,
                    Person = new("p-x"),
                    Role = LectureRole.Captioner,
                },
                [Host]
            ),
            (
                new SetCrew
                {
                    CommandId = Id,
                    Person = new("p-x"),
                    Role = LectureRole.Speaker,
                },
                [Host, moderator]
            ),
            (
                new GoOnAir
                {
                    CommandId = Id,
                    Stream = "s",
                    Node = "n",
                },
                [Host, speaker]
            ),
            (new TurnSlide { CommandId = Id, Page = 2 }, [Host, speaker]),
            (
                new WriteCaption
                {
                    CommandId = Id,
                    Language = "en",
                    Text = "x",
                },
                [Host, captioner]
            ),
            (
                new ModerateQuestion
                {
                    CommandId = Id,
                    Question = world.Question(),
                    Verdict = QuestionVerdict.Dismiss,
                },
                [Host, moderator]
            ),
            (
                new DraftPoll
                {
                    CommandId = Id,
                    Question = "?",
                    Choices = ["a", "b"],
                },
                [Host, moderator]
            ),
            (new Announce { CommandId = Id, Text = "x" }, [Host, moderator]),
            (new LowerHand { CommandId = Id, Person = new("p-else") }, [Host, moderator]),
            (new AskQuestion { CommandId = Id, Text = "x" }, [Host, moderator, captioner, speaker, Listener]),
            (new RaiseHand { CommandId = Id }, [Host, moderator, captioner, speaker, Listener]),
        ];
        foreach (var (command, allowed) in table)
        foreach (var caller in (LectureCaller[])[Host, moderator, captioner, speaker, Listener])
            Assert.True(
                allowed.Contains(caller) == (world.Code(caller, command) is null),
                $"{command.GetType().Name} by {string.Join(' ', caller.Roles)}: {world.Code(caller, command)}"
            );
    }

    [Fact]
    public void Each_speaker_agrees_to_a_recording_for_a_number_of_days_and_can_withdraw_the_agreement()
    {
        var world = Opened();
        var (one, two) = (Caller(Speaker.Value, LectureRole.Speaker), Caller(Second.Value, LectureRole.Speaker));
        LectureCommand Record(bool wanted, int days = 90) =>
            new SetRecording
            {
                CommandId = Id,
                Consent = wanted,
                Days = days,
            };
        LectureCommand Say(bool agrees) => new AgreeToRecording { CommandId = Id, Agrees = agrees };
        Assert.Equal("lecture.not-recorded", world.Code(one, Say(true)));
        world.Do(Host, Record(true));
        Assert.Equal((false, false, false), (Records(one), Records(two), Records(Host))); // the host's wish is not an agreement
        world.Do(one, Say(true));
        Assert.Equal((true, false), (Records(one), Records(two)));
        world.Do(Host, Record(true, days: 30)); // the agreement covers a shorter time
        Assert.True(Records(one));
        world.Do(Host, Record(true, days: 365));
        Assert.False(Records(one));
        world.Do(one, Say(true));
        world.Do(two, Say(true));
        world.Do(two, Say(false));
        Assert.Equal((true, false, true), (Records(one), Records(two), world.Room.Lecture!.HasRefused(Second)));
        world.Do(Host, Record(false));
        Assert.False(Records(one));
        world.Do(Host, Record(true));
        Assert.False(Records(one));
        world.Do(one, Say(true));
        world.Do(Listener, Say(false));
        Assert.Equal(2, world.Room.Lecture!.Agreements.Length);

        // After the end nobody can agree and nothing can be kept longer, but an agreement can still be withdrawn.
        world.Stage(LectureStage.Live);
        world.Stage(LectureStage.Ended);
        Assert.Equal("lecture.ended", world.Code(two, Say(true)));
        Assert.Equal("lecture.ended", world.Code(Host, Record(true, days: 91)));
        world.Do(Caller(Speaker.Value), Say(false)); // this person is no longer a speaker
        Assert.True(world.Room.Lecture!.HasRefused(Speaker));

        bool Records(LectureCaller who) => world.Room.Lecture!.Records(who.Actor.Person);
    }

    [Fact]
    public void After_a_hand_over_the_first_speaker_goes_off_air_when_the_second_goes_on_air_and_four_speakers_can_be_on_air_at_once()
    {
        var world = Opened();
        var (one, two) = (Caller(Speaker.Value, LectureRole.Speaker), Caller(Second.Value, LectureRole.Speaker));
        world.Do(
            one,
            new GoOnAir
            {
                CommandId = Id,
                Stream = "one",
                Node = "n",
            }
        );
        Assert.Equal("lecture.not-speaker", world.Code(one, new HandOver { CommandId = Id, To = new("p-nobody") }));
        Assert.Equal("lecture.not-on-air", world.Code(two, new HandOver { CommandId = Id, To = Speaker }));
        world.Do(one, new HandOver { CommandId = Id, To = Second });
        Assert.Equal(["one"], Streams());
        world.Do(
            two,
            new GoOnAir
            {
                CommandId = Id,
                Stream = "two",
                Node = "n",
            }
        );
        Assert.Equal(["two"], Streams());
        world.Do(
            one,
            new GoOnAir
            {
                CommandId = Id,
                Stream = "one-again",
                Node = "n",
            }
        );
        Assert.Equal(["two", "one-again"], Streams());
        world.Do(
            one,
            new GoOnAir
            {
                CommandId = Id,
                Stream = "one-reconnected",
                Node = "n",
            }
        );
        Assert.Equal(["two", "one-reconnected"], Streams());
        world.Do(
            Caller("p-3", LectureRole.Speaker),
            new GoOnAir
            {
                CommandId = Id,
                Stream = "3",
                Node = "n",
            }
        );
        world.Do(
            Caller("p-4", LectureRole.Speaker),
            new GoOnAir
            {
                CommandId = Id,
                Stream = "4",
                Node = "n",
            }
        );
        Assert.Equal(
            "lecture.too-many-on-air",
            world.Code(
                Caller("p-5", LectureRole.Speaker),
                new GoOnAir
                {
                    CommandId = Id,
                    Stream = "5",
                    Node = "n",
                }
            )
        );
        world.Do(LectureCaller.System, new GoOffAir { CommandId = Id, Stream = "two" });
        world.Stage(LectureStage.Live);
        world.Stage(LectureStage.Ended);
        Assert.Empty(world.Room.Lecture!.OnAir);

        IEnumerable<string> Streams() => world.Room.Lecture!.OnAir.Select(s => s.Stream);
    }

    [Fact]
    public void All_captions_of_a_language_are_numbered_and_kept_but_only_the_newest_lines_are_sent()
    {
        var world = Opened();
        for (var i = 1; i <= 30; i++)
        {
            world.Now += TimeSpan.FromSeconds(2);
            Assert.Equal(
                i,
                world
                    .Do(
                        Host,
                        new WriteCaption
                        {
                            CommandId = Id,
                            Language = "en",
                            Text = $"Line {i}",
                            SecondsAgo = i == 9 ? 60 : 1,
                        }
                    )
                    .Number
            );
        }
        world.Do(
            Host,
            new WriteCaption
            {
                CommandId = Id,
                Language = "ko",
                Text = "심장\u0007 <b>",
            }
        );
        world.Do(
            Host,
            new WriteCaption
            {
                CommandId = Id,
                Language = "en",
                Text = "Line one",
                Number = 1,
            }
        );
        var lines = world.Room.Captions["en"];
        Assert.Equal(("Line one", "심장 <b>", 30), (lines[0].Text, world.Room.Captions["ko"][0].Text, lines.Count));
        Assert.Equal(lines.Select(l => l.At), lines.Select(l => l.At).Order());
        Assert.Equal(["en", "ko"], world.Room.Lecture!.CaptionLanguages);
        var told = world.Room.ItemsSince(-1).OfType<Caption>().ToList();
        Assert.Equal(Enumerable.Range(19, 12), told.Where(c => c.Language == "en").Select(c => c.Number).Order());
        Assert.Equal(13, told.Select(c => c.Key).Distinct().Count());
        Assert.Equal(
            "lecture.unknown-line",
            world.Code(
                Host,
                new WriteCaption
                {
                    CommandId = Id,
                    Language = "en",
                    Text = "x",
                    Number = 31,
                }
            )
        );
        Assert.Equal(
            "lecture.bad-language",
            world.Code(
                Host,
                new WriteCaption
                {
                    CommandId = Id,
                    Language = "../en",
                    Text = "x",
                }
            )
        );
        Assert.Equal(
            "lecture.bad-text",
            world.Code(
                Host,
                new WriteCaption
                {
                    CommandId = Id,
                    Language = "en",
                    Text = new string('x', 301),
                }
            )
        );
    }

    [Fact]
    public void A_caption_file_starts_at_the_beginning_of_the_recording_and_contains_no_markup()
    {
        Caption Line(int number, double seconds, string text) =>
            new()
            {
                Language = "en",
                Number = number,
                Text = text,
                At = Ten.AddSeconds(seconds),
            };
        var file = WebVtt.Of(
            [
                Line(1, -30, "Before"),
                Line(2, -2, "Across"),
                Line(3, 1.5, "a < b --> c & d"),
                Line(4, 3, ""),
                Line(5, 4, "Last"),
                Line(6, 3700, "Late"),
            ],
            Ten
        );
        Assert.Equal(
            "WEBVTT\n\n2\n00:00:00.000 --> 00:00:01.500\nAcross\n\n3\n00:00:01.500 --> 00:00:04.000\na &lt; b --&gt; c &amp; d\n"
                + "\n5\n00:00:04.000 --> 00:00:11.000\nLast\n\n6\n01:01:40.000 --> 01:01:47.000\nLate\n",
            file
        );
        // If the caller gives the end of the file, a line that was spoken at that time or later is left out.
        Assert.Equal(
            "WEBVTT\n\n1\n00:00:00.000 --> 00:00:07.000\nIn\n",
            WebVtt.Of([Line(1, 10, "In"), Line(2, 30, "After")], Ten.AddSeconds(10), Ten.AddSeconds(30))
        );
    }

    [Fact]
    public void One_person_cannot_flood_the_moderators_and_markup_stays_text()
    {
        var world = Opened();
        for (var i = 0; i < LectureLimits.PendingOfOnePerson; i++)
            world.Question("<script>alert(1)</script>", approved: false);
        Assert.Equal("lecture.too-many-questions", world.Code(Listener, new AskQuestion { CommandId = Id, Text = "more" }));
        Assert.Null(world.Code(Caller("p-other"), new AskQuestion { CommandId = Id, Text = "mine" }));
        Assert.All(world.Room.Questions.Values, q => Assert.Equal("<script>alert(1)</script>", q.Text));
        Assert.Equal("lecture.bad-text", world.Code(Caller("p-other"), new AskQuestion { CommandId = Id, Text = " \n " }));
        var anonymous = world
            .Do(
                Caller("p-shy"),
                new AskQuestion
                {
                    CommandId = Id,
                    Text = "hm",
                    Anonymous = true,
                }
            )
            .Number!.Value;
        Assert.Null(world.Room.Questions[anonymous].Name);
    }

    [Fact]
    public void Polls_close_and_hands_go_down_when_a_lecture_ends_but_captions_can_still_be_corrected()
    {
        var world = Opened();
        var poll = world.Poll();
        world.Do(Listener, new RaiseHand { CommandId = Id });
        world.Do(
            Host,
            new WriteCaption
            {
                CommandId = Id,
                Language = "en",
                Text = "Helo",
            }
        );
        world.Stage(LectureStage.Live);
        world.Stage(LectureStage.Ended);
        Assert.Equal(PollState.Closed, world.Room.Polls[poll].State);
        Assert.Empty(world.Room.Hands);
        Assert.Equal("lecture.ended", world.Code(Listener, new AskQuestion { CommandId = Id, Text = "late" }));
        Assert.Equal(["lecture.ended"], world.Cast(In("p-1", poll, 0)));
        world.Do(
            Host,
            new WriteCaption
            {
                CommandId = Id,
                Language = "en",
                Text = "Hello",
                Number = 1,
            }
        );
        Assert.Equal("Hello", world.Room.Captions["en"][0].Text);
    }
}
