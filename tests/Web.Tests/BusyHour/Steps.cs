namespace ConsultHub.Tests.BusyHour;

/// <summary>Creates the steps of a seed. The same seed always gives the same steps.</summary>
internal static class Steps
{
    public const int Consultants = 5,
        Attendees = 3,
        Rooms = 4,
        Hospitals = 2,
        Sessions = 8,
        ProgrammeRooms = 3;
    private const int Beginning = 10,
        Most = 260;

    public static IReadOnlyList<Step> Of(int seed)
    {
        var random = new Random(seed);
        List<Step> steps = [];
        var (engagements, added, titles) = (0, 0, 0);
        for (; engagements < Beginning; engagements++)
            steps.Add(Plan(random, engagements));
        while (steps.Count < Most)
        {
            switch (random.Next(100))
            {
                case < 8:
                    steps.Add(Plan(random, engagements++));
                    break;
                case < 18:
                    steps.Add(
                        new Step.ChangeTime(Engagement(random, engagements), When(random), Maybe(random, Rooms, 4), random.Next(4) > 0)
                    );
                    break;
                case < 23:
                    steps.Add(new Step.ChangeRoom(Engagement(random, engagements), random.Next(Rooms)));
                    break;
                case < 28:
                    steps.Add(
                        new Step.Assign(
                            Engagement(random, engagements),
                            Maybe(random, Consultants, 6),
                            random.Next(5) == 0 ? random.Next(Consultants) : null
                        )
                    );
                    break;
                case < 36:
                    steps.Add(
                        new Step.Propose(
                            Engagement(random, engagements),
                            random.Next(Consultants),
                            random.Next(3) > 0,
                            Maybe(random, Consultants, 2),
                            5 + random.Next(120),
                            random.Next(2)
                        )
                    );
                    break;
                case < 43:
                    steps.Add(new Step.Answer(Engagement(random, engagements), random.Next(3) > 0));
                    break;
                case < 49:
                    steps.Add(Emergency(random, engagements));
                    break;
                case < 54:
                    steps.Add(new Step.Cancel(Engagement(random, engagements)));
                    break;
                // Undoes the previous step if it is of one of these five kinds, and otherwise the last change of any engagement.
                case < 61:
                    steps.Add(
                        new Step.Undo(
                            steps[^1] switch
                            {
                                Step.Cancel c => c.Engagement,
                                Step.ChangeTime c => c.Engagement,
                                Step.Emergency c => c.Engagement,
                                Step.Assign c => c.Engagement,
                                Step.ChangeRoom c => c.Engagement,
                                _ => Engagement(random, engagements),
                            },
                            random.Next(2)
                        )
                    );
                    break;
                case < 62:
                    steps.Add(new Step.Confirm(Engagement(random, engagements)));
                    break;
                case < 64:
                    steps.Add(
                        random.Next(3) switch
                        {
                            0 => new Step.Arrive(Engagement(random, engagements)),
                            1 => new Step.Complete(Engagement(random, engagements)),
                            _ => new Step.NoShow(Engagement(random, engagements)),
                        }
                    );
                    break;
                case < 68:
                    steps.Add(new Step.Acknowledge(random.Next(Consultants), random.Next(2) == 0));
                    break;
                case < 70:
                    steps.Add(new Step.StartDraft());
                    break;
                case < 77:
                    steps.Add(Edit(random, ref added, ref titles));
                    break;
                case < 79:
                    steps.Add(random.Next(6) == 0 ? new Step.DropDraft() : new Step.Publish());
                    break;
                case < 82:
                    steps.Add(new Step.MoveSession(Session(random, added), When(random), random.Next(ProgrammeRooms)));
                    break;
                case < 85:
                    steps.Add(new Step.Favourite(random.Next(Attendees), Session(random, added), random.Next(4) > 0));
                    break;
                case < 89:
                    steps.Add(new Step.Register(random.Next(Attendees), Session(random, added)));
                    break;
                case < 91:
                    steps.Add(new Step.Leave(random.Next(Attendees), Session(random, added)));
                    break;
                case < 92:
                    steps.Add(new Step.Capacity(Session(random, added), Maybe(random, 3, 3)));
                    break;
                case < 94:
                    steps.Add(new Step.CheckIn(random.Next(Attendees), Session(random, added)));
                    break;
                case < 95:
                    steps.Add(new Step.Feedback(random.Next(Attendees), Session(random, added), 1 + random.Next(5)));
                    break;
                case < 98:
                    steps.Add(new Step.Pass(random.Next(4) == 0 ? 60 * (1 + random.Next(20)) : 1 + random.Next(90)));
                    break;
                default:
                    steps.Add(new Step.Rest());
                    break;
            }
        }
        return steps;
    }

    private static Step.Plan Plan(Random random, int number) =>
        new(
            $"e{number}",
            random.Next(Hospitals),
            Maybe(random, Rooms, 6),
            Maybe(random, Consultants, 8),
            When(random),
            random.Next(2) == 0
        );

    private static Step.Emergency Emergency(Random random, int engagements)
    {
        var what = random.Next(3);
        return new(
            Engagement(random, engagements),
            what == 0 ? When(random) : null,
            what == 1 ? random.Next(Rooms) : null,
            what == 2 ? random.Next(Consultants) : null
        );
    }

    private static Step Edit(Random random, ref int added, ref int titles)
    {
        var session = Session(random, added);
        return random.Next(10) switch
        {
            < 3 => new Step.DraftPlace(session, When(random), random.Next(ProgrammeRooms)),
            < 5 => new Step.DraftCancel(session, random.Next(3) > 0),
            < 6 => new Step.DraftTitle(session, titles++),
            < 7 => new Step.DraftSpeaker(session, Maybe(random, Consultants, 3)),
            < 9 => new Step.DraftAdd($"n{added++}", When(random), random.Next(ProgrammeRooms), Maybe(random, Consultants, 3)),
            _ => new Step.DraftRemove(session),
        };
    }

    /// <summary>
    /// Chooses an engagement. One choice in four is an engagement of a session. Among the others, low numbers are chosen more often, so
    /// that much happens to each of these engagements.
    /// </summary>
    private static string Engagement(Random random, int engagements) =>
        random.Next(4) == 0 ? $"s{random.Next(Sessions)}" : $"e{Math.Min(random.Next(engagements), random.Next(engagements))}";

    private static string Session(Random random, int added) =>
        added > 0 && random.Next(5) == 0 ? $"n{random.Next(added)}" : $"s{random.Next(Sessions)}";

    private static int? Maybe(Random random, int below, int unlessOneIn) => random.Next(unlessOneIn) == 0 ? null : random.Next(below);

    /// <summary>
    /// Chooses a time. Usually it is by day in the first week, and sometimes in the next week. Sometimes it extends past midnight, and on a
    /// Sunday then also past the end of the week.
    /// </summary>
    private static Slot When(Random random)
    {
        var day = random.Next(8) == 0 ? 7 + random.Next(4) : random.Next(6);
        return random.Next(12) == 0
            ? new(random.Next(3) == 0 ? 6 : day, 92, 4 + random.Next(8))
            : new(day, 32 + random.Next(36), 2 + random.Next(6));
    }
}
