using ConsultHub.Lectures;
using ConsultHub.Tests.Fixtures;
using ConsultHub.Tests.Operations;
using ConsultHub.Web;
using static ConsultHub.Tests.Lectures.LectureHub;

namespace ConsultHub.Tests.Lectures;

public sealed class VoteTests(LectureHub hub) : IClassFixture<LectureHub>
{
    private static Guid Id => Guid.NewGuid();

    [Fact]
    public async Task Two_thousand_simultaneous_votes_are_all_counted_and_stored_in_few_rows()
    {
        const int people = 2_000;
        var session = await hub.NewLectureAsync();
        var poll = await hub.OpenPollAsync(session, "a", "b");
        var audience = Enumerable.Range(0, people).Select(i => new Member(new($"p-{i}"), Role.Attendee, Ehs)).ToList();
        await Parallel.ForEachAsync(audience, async (viewer, _) => await Task.Run(() => hub.Http(viewer))); // everybody signs in
        var before = await RowsAsync();
        await Task.WhenAll(
            audience.Select(
                (viewer, i) =>
                    hub.DoAsync(
                        session,
                        viewer,
                        new VoteInPoll
                        {
                            CommandId = Id,
                            Poll = poll,
                            Choices = [i % 4 == 0 ? 1 : 0],
                        }
                    )
            )
        );
        // Every vote was answered, so every vote is stored. The printed metric may be a moment old.
        var rows = 0.0;
        await Eventually.Async(async () => (rows = await RowsAsync() - before) > 0);
        var tally = (await hub.ItemsAsync(Coordinator, $"lecture/{session}/stage")).OfType<PollTally>().Single();
        TestContext.Current.TestOutputHelper?.WriteLine($"{rows} rows for {people} votes");
        Assert.Equal((people * 3 / 4, people / 4, people), (tally.Counts[0], tally.Counts[1], tally.Voters));
        Assert.InRange(rows, 1, people / 20);

        // A person who votes again changes the vote and still counts once.
        await Task.WhenAll(
            audience
                .Take(100)
                .Select(viewer =>
                    hub.DoAsync(
                        session,
                        viewer,
                        new VoteInPoll
                        {
                            CommandId = Id,
                            Poll = poll,
                            Choices = [1],
                        }
                    )
                )
        );
        tally = (await hub.ItemsAsync(Coordinator, $"lecture/{session}/stage")).OfType<PollTally>().Single();
        Assert.Equal((people * 3 / 4 - 75, people / 4 + 75, people), (tally.Counts[0], tally.Counts[1], tally.Voters));

        await hub.DoAsync(
            session,
            Coordinator,
            new SetPoll
            {
                CommandId = Id,
                Poll = poll,
                State = PollState.Shown,
            }
        );
        Assert.Equal(tally.Counts, (await hub.ItemsAsync(Listener, $"lecture/{session}")).OfType<Poll>().Single().Counts);
        Assert.Equal(
            (409, "lecture.poll-closed"),
            await hub.RefusedAsync(
                session,
                Listener,
                new VoteInPoll
                {
                    CommandId = Id,
                    Poll = poll,
                    Choices = [0],
                }
            )
        );
    }

    [Fact]
    public async Task A_person_has_one_vote_per_question_and_can_withdraw_it_and_a_bad_vote_does_not_affect_others()
    {
        var session = await hub.NewLectureAsync();
        var question = await hub.ApprovedQuestionAsync(session);
        var refused = hub.RefusedAsync(session, Listener, new VoteForQuestion { CommandId = Id, Question = 99 });
        await Task.WhenAll(
            Enumerable
                .Range(0, 50)
                .Select(i =>
                    hub.DoAsync(session, i % 2 == 0 ? Listener : Colleague, new VoteForQuestion { CommandId = Id, Question = question })
                )
        );
        Assert.Equal((404, "lecture.unknown-question"), await refused);
        Assert.Equal(2, await VotesAsync());
        await hub.DoAsync(
            session,
            Listener,
            new VoteForQuestion
            {
                CommandId = Id,
                Question = question,
                For = false,
            }
        );
        Assert.Equal(1, await VotesAsync());

        async Task<int> VotesAsync() => (await hub.ItemsAsync(Listener, $"lecture/{session}")).OfType<Question>().Single().Votes;
    }

    [Fact]
    public async Task A_persons_reactions_of_one_kind_count_once_within_a_second()
    {
        var session = await hub.NewLectureAsync();
        await Task.WhenAll(
            Enumerable
                .Range(0, 300)
                .Select(i =>
                    hub.DoAsync(
                        session,
                        new Member(new($"p-{i % 100}"), Role.Attendee, Ehs),
                        new React { CommandId = Id, Reaction = i < 200 ? Reaction.Clap : Reaction.Heart }
                    )
                )
        );
        var reactions = (await hub.ItemsAsync(Listener, $"lecture/{session}")).OfType<LecturePulse>().Single().Reactions;
        Assert.InRange(reactions[Reaction.Clap], 100, 200); // each person clapped twice; two claps within a second count once
        Assert.Equal(100, reactions[Reaction.Heart]);
    }

    private async Task<double> RowsAsync() =>
        new Figures(await hub.Http(null).GetStringAsync("metrics"))["hub_journal_rows_total", "hub_authority=\"lecture\""];
}
