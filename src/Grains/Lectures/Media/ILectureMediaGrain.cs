using System.Collections.Immutable;
using Orleans.Concurrency;

namespace ConsultHub.Lectures.Media;

/// <summary>Who sends at the moment.</summary>
/// <param name="Publication">Rises within a lecture, also over restarts.</param>
/// <param name="Tracks">What is switched on: see <see cref="MediaTracks"/>.</param>
/// <param name="StartedAt">When its clock was at 0, UTC by the hub.</param>
[GenerateSerializer, Immutable, Alias("hub.MediaSource")]
public sealed record MediaSource(
    [property: Id(0)] uint Publication,
    [property: Id(1)] PersonId Person,
    [property: Id(2)] DateTimeOffset StartedAt,
    [property: Id(3)] ImmutableArray<byte> Tracks
);

/// <summary>A packet on its way; see <see cref="MediaWire"/>. The bytes never change.</summary>
[GenerateSerializer, Immutable, Alias("hub.MediaPacket")]
public readonly record struct MediaPacket([property: Id(0)] byte[] Bytes);

/// <summary>Where a web node begins: who sends, and what those who join need.</summary>
[GenerateSerializer, Immutable, Alias("hub.MediaPicture")]
public sealed record MediaPicture(
    [property: Id(0)] ImmutableArray<MediaSource> Sources,
    [property: Id(1)] ImmutableArray<MediaPacket> Packets
);

/// <summary>A web node's ear for one lecture's media. Calls are one-way: what is lost on the way shows as a gap in a track's sequence, and
/// its next keyframe mends it.</summary>
[Alias("hub.ILectureMediaObserver")]
public interface ILectureMediaObserver : IGrainObserver
{
    [OneWay, Alias("Media")]
    Task MediaAsync(MediaPacket packet);

    [OneWay, Alias("Sources")]
    Task SourcesAsync(ImmutableArray<MediaSource> sources);
}

/// <summary>
/// Passes a lecture's media from the web node of each publisher to every web node that has viewers, once each. Keeps the newest group of
/// pictures and nothing on
/// disk: what is recorded is written by the publisher's web node. Its key is the session's.
/// </summary>
[Alias("hub.ILectureMediaGrain")]
public interface ILectureMediaGrain : IGrainWithStringKey
{
    /// <summary>A publisher begins; one that the person began before, and lost, ends.</summary>
    [Alias("Begin")]
    Task<MediaSource> BeginAsync(PersonId person, ImmutableArray<byte> tracks);

    /// <summary>Which tracks are switched on from now on.</summary>
    [Alias("Switch")]
    Task SwitchAsync(uint publication, ImmutableArray<byte> tracks);

    /// <summary>Passes a packet on; its sender has checked it.</summary>
    /// <returns>False where the publication has ended or is not known (the silo was lost): the publisher begins anew.</returns>
    [Alias("Push")]
    Task<bool> PushAsync(uint publication, MediaPacket packet);

    [Alias("End")]
    Task EndAsync(uint publication);

    [Alias("Sources")]
    Task<ImmutableArray<MediaSource>> SourcesAsync();

    /// <summary>Registers the observer, or renews it: it expires after a minute.</summary>
    /// <returns>Null where it was known already.</returns>
    [Alias("Observe")]
    Task<MediaPicture?> ObserveAsync(ILectureMediaObserver observer);

    [Alias("Unobserve")]
    Task UnobserveAsync(ILectureMediaObserver observer);
}
