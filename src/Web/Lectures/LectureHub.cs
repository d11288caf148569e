using System.Collections.Immutable;
using ConsultHub.Attendance;
using ConsultHub.Lectures;
using ConsultHub.Lectures.Media;
using ConsultHub.Web.Attendance;
using ConsultHub.Web.Lectures.Recording;
using ConsultHub.Web.Live;
using Microsoft.AspNetCore.SignalR;

namespace ConsultHub.Web.Lectures;

/// <summary>
/// A lecture's media, in MessagePack. A connection watches one lecture (<c>Watch</c>, <c>Choose</c>, <c>Played</c>, <c>Receipt</c>; it
/// receives <c>Media</c> and <c>Air</c>) or sends media to one (<c>Publish</c>, <c>Upload</c>, <c>Switch</c>, <c>Finish</c>). A refusal is
/// an exception with a code as its message.
/// </summary>
internal sealed partial class LectureHub(
    LectureRelays relays,
    LectureConnections connections,
    WebNode node,
    LectureCrowds crowds,
    IRecordings recordings,
    MediaReceipts receipts,
    AccessBook book,
    IGrainFactory grains,
    TimeProvider clock,
    ILogger<LectureHub> log
) : Hub
{
    private const string WatchingKey = "watching",
        SendingKey = "sending";

    private (LectureRelay Relay, LectureViewer Viewer)? Watching
    {
        get => Context.Items.TryGetValue(WatchingKey, out var found) ? ((LectureRelay, LectureViewer))found! : null;
        set => Context.Items[WatchingKey] = value;
    }

    private (LectureRelay Relay, LecturePublication Publication)? Sending
    {
        get => Context.Items.TryGetValue(SendingKey, out var found) ? ((LectureRelay, LecturePublication)?)found : null;
        set => Context.Items[SendingKey] = value;
    }

    /// <summary>Sends the lecture's media from now on, starting with the newest keyframes.</summary>
    public async Task Watch(string session, MediaQuality quality)
    {
        var (viewer, id, lecture) = await FindAsync(session);
        if (!Enum.IsDefined(quality))
            throw new HubException(MediaCodes.BadQuality);
        if (Watching is { } before)
            before.Relay.Remove(before.Viewer);
        var connection = connections.Get(Context.ConnectionId);
        var (following, of) = (book.Following(Context.User), Access.SubjectOf(lecture));
        var watching = new LectureViewer(connection, viewer, quality, following);
        var relay = await relays.GetAsync(id, relay => relay.Add(watching));
        Watching = (relay, watching);
        connection.Items[AccessBook.StillAllowed] = () =>
        {
            relay.Admit(watching); // a role in the crew may have ended, although the person may still watch
            return following() is { } now && (Access.May(now, LectureActions.Watch, of) || Access.IsCrew(now, relay.State ?? lecture));
        };
    }

    public Task Choose(MediaQuality quality)
    {
        if (!Enum.IsDefined(quality))
            throw new HubException(MediaCodes.BadQuality);
        if (Watching is not { } watching)
            throw new HubException(MediaCodes.NotWatching);
        watching.Viewer.Choose(quality);
        watching.Relay.Signal();
        return Task.CompletedTask;
    }

    /// <summary>
    /// Reports what the viewer plays now. The server cannot see how much media waits in buffers between the server and the viewer.
    /// </summary>
    /// <param name="publication">The publication whose clock the position uses.</param>
    /// <param name="position">The time of what is seen and heard now, in microseconds of the publication's clock.</param>
    /// <param name="lag">How many milliseconds of received media the viewer has not played yet.</param>
    public Task Played(uint publication, long position, int lag)
    {
        if (Watching is not { } watching)
            throw new HubException(MediaCodes.NotWatching);
        if (lag is < 0 or > 3_600_000 || position is < 0 or > MediaWire.MostTimestamp)
            throw new HubException(MediaCodes.BadReport);
        LectureMeter.PlayedLag.Record(lag / 1000.0);
        watching.Viewer.Played = (publication, position);
        return Task.CompletedTask;
    }

    /// <summary>
    /// Returns a receipt for the newest five minutes of media that were sent to this connection. The client sends the receipt together with
    /// its report of what it played.
    /// </summary>
    public string Receipt()
    {
        if (Watching is not { } watching)
            throw new HubException(MediaCodes.NotWatching);
        return receipts.Issue(watching.Relay.Session, watching.Viewer.Person.Person, PlayedAs.Live, watching.Viewer.Sent);
    }

    /// <summary>Goes on air. Packets are then uploaded through this connection.</summary>
    /// <param name="tracks">The tracks that are switched on.</param>
    /// <returns>The publication's number. Each frame of the publication carries this number.</returns>
    public async Task<uint> Publish(string session, int[] tracks)
    {
        var (viewer, id, lecture) = await FindAsync(session);
        if (!Access.MayPublish(viewer, lecture))
            throw new HubException(LectureCodes.NotAllowed);
        await Finish();
        var following = book.Following(Context.User);
        var relay = await relays.GetAsync(id, relay => Interlocked.Increment(ref relay.Publications));
        crowds.KeepReporting(id);
        try
        {
            var publication = await LecturePublication.BeginAsync(
                relay,
                grains,
                await LecturesApi.CallerAsync(id, null, viewer, grains),
                now => following() is { } speaker && Access.MayPublish(speaker, now),
                book,
                Known(tracks),
                node.Name,
                new LectureRecorder(recordings, grains, log),
                clock,
                log
            );
            Sending = (relay, publication);
            return publication.Source.Publication;
        }
        catch (Exception failure)
        {
            Release(relay);
            if (failure is MediaException refused)
                throw new HubException(refused.Code);
            throw;
        }
    }

    /// <summary>
    /// Takes a packet. The answer comes when the lecture's media grain has the packet, so that the publisher notices a slow connection.
    /// </summary>
    public async Task Upload(byte[] packet)
    {
        if (Sending is not { } sending)
            throw new HubException(MediaCodes.OffAir);
        try
        {
            await sending.Publication.PushAsync(packet);
        }
        catch (MediaException refused)
        {
            LectureMeter.Refused.Add(1);
            LogRefused(sending.Publication.Source.Person.Value, refused.Code, refused.Message);
            await Finish();
            throw new HubException(refused.Code);
        }
    }

    /// <summary>Changes which tracks are switched on.</summary>
    public Task Switch(int[] tracks) =>
        Sending is { } sending ? sending.Publication.SwitchAsync(Known(tracks)) : throw new HubException(MediaCodes.OffAir);

    /// <summary>Goes off air.</summary>
    public async Task Finish()
    {
        if (Sending is not { } sending)
            return;
        Sending = null;
        Release(sending.Relay);
        await sending.Publication.DisposeAsync();
    }

    private void Release(LectureRelay relay)
    {
        Interlocked.Decrement(ref relay.Publications);
        crowds.ReleaseReporting(relay.Session);
    }

    public override async Task OnDisconnectedAsync(Exception? exception)
    {
        if (Watching is { } watching)
            watching.Relay.Remove(watching.Viewer);
        await Finish();
    }

    private async Task<(Viewer Viewer, SessionId Session, Lecture Lecture)> FindAsync(string session)
    {
        if (book.Following(Context.User)() is not { } viewer || !TextId.TryParse<SessionId>(session, out var id))
            throw new HubException(LectureCodes.Unknown);
        if (await grains.GetGrain<ILectureGrain>(id.Value).GetAsync() is not { } lecture)
            throw new HubException(LectureCodes.Unknown);
        return Access.May(viewer, LectureActions.Watch, Access.SubjectOf(lecture)) || Access.IsCrew(viewer, lecture)
            ? (viewer, id, lecture)
            : throw new HubException(LectureCodes.NotAllowed);
    }

    private static ImmutableArray<byte> Known(int[] tracks) =>
        tracks.Length > MediaTracks.Most
            ? throw new HubException(MediaCodes.BadFrame)
            :
            [
                .. tracks
                    .Distinct()
                    .Select(t =>
                        t is >= 0 and < MediaTracks.Most && MediaTracks.IsKnown((byte)t)
                            ? (byte)t
                            : throw new HubException(MediaCodes.BadFrame)
                    ),
            ];

    [LoggerMessage(Level = LogLevel.Warning, Message = "A packet of {Person} was refused and the publication ended: {Code} {Reason}")]
    private partial void LogRefused(string person, string code, string reason);
}

internal sealed class LectureConnections(ILogger<DefaultHubLifetimeManager<LectureHub>> log) : OpenConnections<LectureHub>(log);
