using System.Threading.Channels;
using ConsultHub.Web.Hosting;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace ConsultHub.Web.Accounts;

/// <summary>
/// Ends the live connections of people whose sign-in has ended, and tells their pages why. It looks at all connections of the node whenever
/// rights change, and every five seconds.
/// </summary>
internal sealed class SignInWatch(AccessBook book, IEnumerable<IOpenConnections> hubs, TimeProvider clock) : BackgroundService
{
    private const string TicketKey = "ticket",
        EndedKey = "ended";

    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    /// <summary>How long a client has to close the connection itself after it was told.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite }
    );

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        book.Changed += Signal;
        using var timer = clock.CreateTimer(_ => Signal(), null, Every, Every);
        try
        {
            await foreach (var _ in _signal.Reader.ReadAllAsync(stoppingToken))
            foreach (var hub in hubs)
            foreach (var connection in hub.All)
                Check(connection);
        }
        catch (OperationCanceledException)
        {
            // The node is stopping.
        }
        book.Changed -= Signal;
    }

    private void Signal() => _signal.Writer.TryWrite(true);

    private void Check(HubConnectionContext connection)
    {
        if (!connection.Items.TryGetValue(TicketKey, out var known))
            connection.Items[TicketKey] = known = SignInTicket.From(connection.User);
        var (viewer, why) = book.Resolve((SignInTicket?)known);
        if (viewer is { NeedsFactor: true })
            why = SignInCodes.FactorMissing;
        else if (viewer is not null && connection.Items.TryGetValue(AccessBook.StillAllowed, out var still) && !((Func<bool>)still!)())
            why = AccessCodes.Denied;
        if (why is not null && connection.Items.TryAdd(EndedKey, null))
            _ = EndAsync(connection, why);
    }

    private async Task EndAsync(HubConnectionContext connection, Code why)
    {
        try
        {
            await connection.WriteAsync(new InvocationMessage("SignedOut", [why.Name]));
            await connection.WriteAsync(new CloseMessage(error: null, allowReconnect: why == AccessCodes.Unconfirmed));
            await Task.Delay(Grace, clock);
        }
        catch (Exception)
        {
            // The connection has already ended.
        }
        connection.Abort();
    }
}
