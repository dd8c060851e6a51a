using System.Buffers.Binary;
using System.Text;

namespace MPilot.Jobs.EndToEnd.Tests.Kit;

/// <summary>One field of a protobuf message, as much of the format as telemetry uses.</summary>
/// <param name="Number">The field's number.</param>
/// <param name="Value">A whole number's value, or the bits of a fixed one.</param>
/// <param name="Bytes">A text, bytes, or a message within.</param>
internal sealed record ProtobufField(int Number, ulong Value, ReadOnlyMemory<byte> Bytes)
{
    public string Text => Encoding.UTF8.GetString(Bytes.Span);

    public string Hex => Convert.ToHexStringLower(Bytes.Span);

    /// <summary>The fields of a message.</summary>
    public static List<ProtobufField> Read(ReadOnlyMemory<byte> message)
    {
        var fields = new List<ProtobufField>();
        while (!message.IsEmpty)
        {
            var tag = Varint(ref message);
            fields.Add(Read((int)(tag >> 3), (int)(tag & 7), ref message));
        }

        return fields;
    }

    /// <summary>All messages at the end of a path of field numbers.</summary>
    public static IEnumerable<ReadOnlyMemory<byte>> Find(ReadOnlyMemory<byte> message, params ReadOnlySpan<int> path)
        => path.ToArray().Aggregate((IEnumerable<ReadOnlyMemory<byte>>)[message], (all, number) => all.SelectMany(m => Read(m)).Where(f => f.Number == number).Select(f => f.Bytes));

    private static ProtobufField Read(int number, int wireType, ref ReadOnlyMemory<byte> message) => wireType switch
    {
        0 => new(number, Varint(ref message), default),
        1 => new(number, BinaryPrimitives.ReadUInt64LittleEndian(Take(ref message, 8).Span), default),
        2 => new(number, 0, Take(ref message, (int)Varint(ref message))),
        5 => new(number, BinaryPrimitives.ReadUInt32LittleEndian(Take(ref message, 4).Span), default),
        _ => throw new FormatException($"Field {number} has the unknown wire type {wireType}."),
    };

    private static ReadOnlyMemory<byte> Take(ref ReadOnlyMemory<byte> message, int length)
    {
        var taken = message[..length];
        message = message[length..];
        return taken;
    }

    private static ulong Varint(ref ReadOnlyMemory<byte> message)
    {
        var (value, shift) = (0UL, 0);
        while (true)
        {
            var next = Take(ref message, 1).Span[0];
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
            {
                return value;
            }

            shift += 7;
        }
    }
}
