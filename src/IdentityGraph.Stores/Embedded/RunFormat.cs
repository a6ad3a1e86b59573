namespace IdentityGraph.Stores.Embedded;

/// <summary>The numbers of the run file format; `docs/store.md` has it byte by byte. Everything is little-endian.</summary>
internal static class RunFormat
{
    /// <summary>Of run files.</summary>
    public const uint Version = 1;

    /// <summary>Reads back as itself only where the bytes were not swapped.</summary>
    public const uint EndiannessMarker = 0x01020304;

    /// <summary>"IFRM" as the bytes stand in the file.</summary>
    public const uint FrameMagic = 0x4D524649;

    /// <summary>Frames, and the sections of a payload, begin at multiples of this, so that a file can be mapped.</summary>
    public const int Alignment = 64;

    public const int FileHeaderBytes = 64;

    public const int FrameHeaderBytes = 64;

    /// <summary>A frame is closed once it holds this many bytes.</summary>
    public const int FrameBytes = 1 << 18;

    /// <summary>A frame longer than this is not read: no length in a file makes the reader allocate more.</summary>
    public const int MaxPayloadBytes = 32 << 20;

    /// <summary>Frames of observations in one segment.</summary>
    public const int FramesPerSegment = 16;

    /// <summary>Refused by text tools, broken by newline conversion and by a seventh bit cut off.</summary>
    public static ReadOnlySpan<byte> FileMagic => [0x89, (byte)'I', (byte)'G', (byte)'R', (byte)'U', (byte)'N', 0x0D, 0x0A];

    public static int Align(int bytes) => checked(bytes + Alignment - 1) & ~(Alignment - 1);
}

/// <summary>What a frame holds.</summary>
internal enum FrameKind : uint
{
    /// <summary>The run's header; the first frame.</summary>
    Header = 1,

    /// <summary>A batch of observations with its strings.</summary>
    Observations = 2,

    /// <summary>The end of a segment: everything before it is whole.</summary>
    Segment = 3,

    /// <summary>Counts, outcome and SHA-256; the last frame. A file without it was never sealed.</summary>
    Footer = 4,
}
