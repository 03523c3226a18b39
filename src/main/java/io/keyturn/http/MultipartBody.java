package io.keyturn.http;

import io.keyturn.problem.ProblemException;
import io.keyturn.problem.ProblemType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import org.apache.commons.fileupload.FileItemIterator;
import org.apache.commons.fileupload.FileItemStream;
import org.apache.commons.fileupload.FileUpload;
import org.apache.commons.fileupload.FileUploadException;
import org.apache.commons.fileupload.InvalidFileNameException;
import org.apache.commons.fileupload.RequestContext;
import org.apache.commons.fileupload.util.Streams;
import org.jspecify.annotations.Nullable;

/** A body of several parts (RFC 7578), which is read as it arrives and stored nowhere. */
public final class MultipartBody {
  private static final String MEDIA_TYPE = "multipart/form-data";
  private static final int MOST_PARTS = 10;
  private static final int LONGEST_TEXT = 100;

  private MultipartBody() {}

  /**
   * A part.
   *
   * @param fileName as the client has it; null of a part that is no file
   */
  public record Part(String name, @Nullable String fileName, InputStream content) {

    /**
     * The content of a short part.
     *
     * @throws ProblemException 422 naming the part when it is long
     */
    public String text() throws IOException {
      byte[] bytes = content.readNBytes(LONGEST_TEXT + 1);
      if (bytes.length > LONGEST_TEXT) {
        throw ProblemException.invalid(name, "is too long");
      }
      return new String(bytes, StandardCharsets.UTF_8).strip();
    }
  }

  /** Is told of each part, in their order. */
  @FunctionalInterface
  public interface Reader {
    void read(Part part) throws IOException;
  }

  /**
   * Reads all parts.
   *
   * @param contentType the header of the request
   * @throws ProblemException 400 for a body that is no such body, 415 for another media type
   */
  public static void read(@Nullable String contentType, InputStream body, Reader reader) {
    if (contentType == null
        || !contentType.strip().toLowerCase(Locale.ROOT).startsWith(MEDIA_TYPE)) {
      throw new ProblemException(
          ProblemType.UNSUPPORTED_MEDIA_TYPE, "Send the body as " + MEDIA_TYPE + ".");
    }
    try {
      FileUpload upload = new FileUpload();
      upload.setFileCountMax(MOST_PARTS);
      FileItemIterator parts = upload.getItemIterator(new Body(contentType, body));
      while (parts.hasNext()) {
        FileItemStream part = parts.next();
        reader.read(
            new Part(
                Objects.requireNonNullElse(part.getFieldName(), ""),
                fileName(part),
                part.openStream()));
      }
    } catch (FileUploadException | IOException e) {
      throw ProblemException.malformed("The body is not well-formed " + MEDIA_TYPE + ".");
    }
  }

  private static @Nullable String fileName(FileItemStream part) {
    if (part.isFormField()) {
      return null;
    }
    try {
      return Streams.checkFileName(part.getName());
    } catch (InvalidFileNameException e) {
      // The name has a NUL.
      return null;
    }
  }

  private record Body(String contentType, InputStream stream) implements RequestContext {
    @Override
    public String getCharacterEncoding() {
      return StandardCharsets.UTF_8.name();
    }

    @Override
    public String getContentType() {
      return contentType;
    }

    @Override
    public int getContentLength() {
      return -1;
    }

    @Override
    public InputStream getInputStream() {
      return stream;
    }
  }
}
