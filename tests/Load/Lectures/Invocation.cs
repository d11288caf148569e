using System.Buffers;
using MessagePack;

namespace ConsultHub.Load.Lectures;

/// <summary>Writes calls of a hub's methods in SignalR's MessagePack format.</summary>
internal static class Invocation
{
    public static byte[] Watch(string session) =>
        Write(
            "Watch",
            "1",
            (ref MessagePackWriter writer) =>
            {
                writer.WriteArrayHeader(2);
                writer.Write(session);
                writer.Write(0);
            }
        );

    /// <summary>The hub answers with the publication's number.</summary>
    public static byte[] Publish(string session) =>
        Write(
            "Publish",
            "1",
            (ref MessagePackWriter writer) =>
            {
                writer.WriteArrayHeader(2);
                writer.Write(session);
                writer.WriteArrayHeader(2);
                writer.Write(0);
                writer.Write(8);
            }
        );

    public static byte[] Upload(byte[] packet) =>
        Write(
            "Upload",
            null,
            (ref MessagePackWriter writer) =>
            {
                writer.WriteArrayHeader(1);
                writer.Write(packet);
            }
        );

    private delegate void Arguments(ref MessagePackWriter writer);

    private static byte[] Write(string method, string? id, Arguments arguments)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(buffer);
        writer.WriteArrayHeader(6);
        writer.Write(1);
        writer.WriteMapHeader(0);
        writer.Write(id);
        writer.Write(method);
        arguments(ref writer);
        writer.WriteArrayHeader(0);
        writer.Flush();
        return buffer.WrittenMemory.ToArray();
    }
}
