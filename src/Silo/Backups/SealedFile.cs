using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace ConsultHub.Backups;

/// <summary>A command of an operator cannot be carried out. The message says why and what to do.</summary>
public sealed class BackupException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>
/// The format of all files that the hub writes for operators: gzip of UTF-8 lines, each of them a JSON object. The first line says what the
/// file is. The last line has the number of lines before it and their SHA-256, including the line ends (LF). Therefore <c>zcat file | head
/// -n -1 | sha256sum</c> checks a file without the hub.
/// </summary>
internal static class SealedFile
{
    /// <param name="Format">The kind of file, such as <c>consult-hub-backup</c>.</param>
    /// <param name="Version">The version of the format. A reader refuses versions that are higher than its own.</param>
    public record Head(string Format, int Version);

    /// <param name="Lines">The number of lines before this one.</param>
    /// <param name="Sha256">The hash of those lines, in hexadecimal.</param>
    private sealed record Seal(long Lines, string Sha256);

    /// <summary>
    /// Writes to a temporary file. The file gets its final name only when its whole content is on the disk. So a file with the final name
    /// is complete.
    /// </summary>
    public sealed class Writer : IDisposable
    {
        private readonly string _path,
            _unfinished;
        private readonly FileStream _file;
        private readonly GZipStream _zip;
        private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        private long _lines;

        public Writer(string path)
        {
            (_path, _unfinished) = (Path.GetFullPath(path), Path.GetFullPath(path) + ".unfinished");
            try
            {
                // Only the owner may read the file, because it contains everything that the database contains.
                var mode = new FileStreamOptions
                {
                    Mode = FileMode.Create,
                    Access = FileAccess.Write,
                    BufferSize = 1 << 16,
                };
                if (!OperatingSystem.IsWindows())
                    mode.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
                _file = new FileStream(_unfinished, mode);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new BackupException($"{path} cannot be written: {e.Message}", e);
            }
            _zip = new GZipStream(_file, CompressionLevel.Optimal, leaveOpen: true);
        }

        public void Write<T>(T line)
        {
            var bytes = JsonSerializer.SerializeToUtf8Bytes(line, HubJson.Options);
            foreach (var part in (ReadOnlySpan<byte[]>)[bytes, "\n"u8.ToArray()])
            {
                _hash.AppendData(part);
                _zip.Write(part);
            }
            _lines++;
        }

        /// <returns>The size of the file in bytes.</returns>
        public long Complete()
        {
            Write(new Seal(_lines, Convert.ToHexStringLower(_hash.GetCurrentHash())));
            _zip.Dispose();
            _file.Flush(flushToDisk: true);
            var size = _file.Length;
            _file.Dispose();
            File.Move(_unfinished, _path, overwrite: true);
            return size;
        }

        public void Dispose()
        {
            _zip.Dispose();
            _file.Dispose();
            _hash.Dispose();
            File.Delete(_unfinished);
        }
    }

    /// <summary>
    /// Reads all lines except the last one, which holds the hash. The lines may be trusted only after the whole sequence was read without
    /// an exception.
    /// </summary>
    /// <exception cref="BackupException">The file is missing, damaged, cut short, of another format or of a newer version.</exception>
    public static IEnumerable<string> Read(string path, string format, int version)
    {
        using var file = Open(path);
        using var lines = new StreamReader(new GZipStream(file, CompressionMode.Decompress), Encoding.UTF8);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var number = 0L;
        var line = Next(lines, path);
        CheckHead(line, path, format, version);
        while (line is not null && Next(lines, path) is { } next)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(line + "\n"));
            number++;
            yield return line;
            line = next;
        }
        if (
            Parse<Seal>(line!, path) is not { Sha256: { } sealedHash } seal
            || seal.Lines != number
            || sealedHash != Convert.ToHexStringLower(hash.GetHashAndReset())
        )
            throw Damaged(path);
    }

    /// <summary>The format that a file states, or null if it states none.</summary>
    public static string? FormatOf(string path)
    {
        using var lines = new StreamReader(new GZipStream(Open(path), CompressionMode.Decompress), Encoding.UTF8);
        return Next(lines, path) is { } line ? Parse<Head>(line, path).Format : null;
    }

    /// <exception cref="BackupException">The line is not JSON of this type.</exception>
    public static T Parse<T>(string line, string path)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(line, HubJson.Options) ?? throw Damaged(path);
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            throw Damaged(path, e);
        }
    }

    public static BackupException Damaged(string path, Exception? inner = null) =>
        new($"{path} is damaged or cut short. Nothing was read from it.", inner);

    private static void CheckHead(string? line, string path, string format, int version)
    {
        if (line is null)
            throw Damaged(path);
        var head = Parse<Head>(line, path);
        if (head.Format != format)
            throw new BackupException($"{path} is not a file of the kind {format}.");
        if (head.Version > version)
            throw new BackupException(
                $"{path} has version {head.Version} of its format, but this program knows versions up to {version}. "
                    + "Use the newer program that wrote it."
            );
    }

    private static FileStream Open(string path)
    {
        try
        {
            return File.OpenRead(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BackupException($"{path} cannot be read: {e.Message}", e);
        }
    }

    private static string? Next(StreamReader lines, string path)
    {
        try
        {
            return lines.ReadLine();
        }
        catch (InvalidDataException e)
        {
            throw Damaged(path, e);
        }
    }
}
