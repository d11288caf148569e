using System.Collections.Concurrent;
using ConsultHub.Load.Hosting;
using ConsultHub.Load.Records;

namespace ConsultHub.Load.Changes;

/// <summary>
/// Changes a week's engagements at a rate, one command at a time for each engagement, and records the outcome of every command.
/// </summary>
internal sealed class Driver(IReadOnlyList<Node> nodes, OperationLog log, IEnumerable<ChangingEngagement> engagements)
{
    /// <summary>How long after the last new command the unanswered commands are still sent again.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ConcurrentQueue<ChangingEngagement> _idle = new(engagements);
    private readonly ConcurrentDictionary<Task, bool> _inHand = new();
    private readonly string _path = $"api/rosters/{log.Header.Network}/{log.Header.Week}/commands";

    /// <summary>
    /// Begins changes until it is cancelled, then waits for the commands that are still running. If the hub is slow or down, fewer changes
    /// are begun, because each engagement has one running command at most.
    /// </summary>
    public async Task RunAsync(double perSecond, CancellationToken until)
    {
        using var giveUp = new CancellationTokenSource();
        await Pace.RunAsync(
            perSecond,
            () =>
            {
                if (_idle.TryDequeue(out var engagement))
                    Begin(ChangeAsync(engagement, giveUp.Token));
            },
            until
        );
        giveUp.CancelAfter(Patience);
        await Task.WhenAll(_inHand.Keys);
    }

    /// <summary>Makes one change and returns the accepted command.</summary>
    public async Task<Operation> ChangeAsync()
    {
        using var giveUp = new CancellationTokenSource(Patience);
        while (_idle.TryDequeue(out var engagement))
            if (await ChangeAsync(engagement, giveUp.Token) is { Outcome: Outcome.Accepted } done)
                return done;
        throw new LoadException("The hub accepts no change.");
    }

    private void Begin(Task change)
    {
        _inHand[change] = true;
        change.ContinueWith(done => _inHand.TryRemove(done, out _), TaskScheduler.Default);
    }

    private async Task<Operation> ChangeAsync(ChangingEngagement engagement, CancellationToken giveUp)
    {
        var (before, (command, after)) = (engagement.Before, engagement.Next());
        var sent = DateTimeOffset.UtcNow;
        var (answer, code, attempts) = await Commands.GiveAsync(nodes, _path, command, giveUp);
        var operation = new Operation(
            command.CommandId,
            command.GetType().Name,
            engagement.Id,
            sent,
            DateTimeOffset.UtcNow,
            attempts,
            answer is not null ? Outcome.Accepted
                : code is not null ? Outcome.Refused
                : Outcome.Unanswered,
            answer?.Version,
            before,
            Arrangement.Of(after),
            code
        );
        log.Add(operation);
        if (answer is not null)
            engagement.Became(answer.Engagement);
        // After a refusal or no answer, the state of the engagement is unknown. It is then not changed again.
        if (operation.Outcome == Outcome.Accepted)
            _idle.Enqueue(engagement);
        return operation;
    }
}
